"""Let beancount read a journal in this process and say what it took; run by `journal.py` in the environment of the peer.

    python children/beancount_balances.py FILE

Prints one JSON object: the seconds from the file to the balance of every account, and how many accounts there are.
"""

from __future__ import annotations

import json
import sys
import time

from beancount import loader
from beancount.core import realization


def main() -> None:
    began = time.perf_counter()
    entries, errors, _ = loader.load_file(sys.argv[1])
    root = realization.realize(entries)
    held = {account.account: account.balance for account in realization.iter_children(root) if account.txn_postings}
    seconds = time.perf_counter() - began
    if errors:
        sys.exit(str(errors[0]))
    print(json.dumps({"seconds": seconds, "accounts": len(held)}))


if __name__ == "__main__":
    main()
