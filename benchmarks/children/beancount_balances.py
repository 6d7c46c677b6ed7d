"""Let beancount read a journal and sum every account; run by `replay.py` in the environment of the peer.

    python children/beancount_balances.py FILE

Prints how many accounts there are.
"""

from __future__ import annotations

import sys

from beancount import loader
from beancount.core import realization


def main() -> None:
    entries, errors, _ = loader.load_file(sys.argv[1])
    root = realization.realize(entries)
    held = {account.account: account.balance for account in realization.iter_children(root) if account.txn_postings}
    if errors:
        sys.exit(str(errors[0]))
    print(len(held))


if __name__ == "__main__":
    main()
