"""Transfers: the item, both accounts and the quantity; what may not leave, and what is not there."""

from __future__ import annotations

from taizhang.core import Problem
from taizhang.ledger.catalogue import record_of
from taizhang.ledger.rules import amounts, loans, words
from taizhang.ledger.rules.bench import Bench
from taizhang.ledger.rules.drafts import Draft, missed
from taizhang.ledger.rules.finding import Finder
from taizhang.ledger.rules.limits import exceeded
from taizhang.ledger.rules.nouns import Ref
from taizhang.ledger.rules.record_keys import record_key_of
from taizhang.packs import Item, Register, Transfer

PERSON = "base.person"


def head(bench: Bench, draft: Draft) -> None:
    """Find item, accounts and quantity; of a return they are those of its loan."""
    draft.facts.kind = draft.plan.kind
    if draft.plan.returns:
        loans.find_return(bench, draft)
    else:
        _moved(bench, draft)
    if draft.proposal.record is not None:
        draft.problems.append(words.strange_end("对象", draft.plan.thing.title))
    missed(draft)


def _moved(bench: Bench, draft: Draft) -> None:
    facts, proposal, struck = draft.facts, draft.proposal, bench.struck
    restated = struck if struck is not None and struck.type == draft.plan.type else None
    thing = transfer_of(draft)
    source = proposal.source if proposal.source is not None or restated is None else record_of(restated.source or "")
    target = proposal.target if proposal.target is not None or restated is None else record_of(restated.target or "")
    facts.source = account(bench, draft, thing.source, source, "调出")
    facts.target = account(bench, draft, thing.target, target, "调入")
    facts.item = item_of(bench, draft, proposal.item if proposal.item is not None or restated is None else restated.item)
    facts.quantity = quantity(draft, proposal.quantity)


def transfer_of(draft: Draft) -> Transfer:
    """The transfer of a draft."""
    thing = draft.plan.thing
    assert isinstance(thing, Transfer)
    return thing


def account(bench: Bench, draft: Draft, name: str, ref: Ref, where: str) -> str | None:
    """The key of the account at one end; None, and a problem, when it cannot be told."""
    pack, day = draft.plan.pack, draft.facts.day.isoformat()
    holder = pack.holder(name)
    if holder is None:
        return None
    if holder.ended and day >= holder.ended:
        draft.problems.append(words.ended(holder.title, holder.ended))
    if not isinstance(holder, Register):
        key = bench.catalogue.account(pack, name, None)
        if ref not in (None, "", name, holder.title, key):
            draft.problems.append(words.strange_end(where, holder.title))
        return key
    finder = Finder(bench, holder, f"{where}（{holder.title}）")
    found = finder(ref) if ref is not None else words.no_record(finder.where, holder, finder.root)
    if isinstance(found, Problem):
        draft.problems.append(found)
        return None
    return bench.catalogue.account(pack, name, found)


def item_of(bench: Bench, draft: Draft, ref: Ref) -> str | None:
    """The key of the item: its record's, or its kind where there is but one."""
    item, register = draft.plan.item, draft.plan.item_register
    if item is None:
        return None
    if item.ended and draft.facts.day.isoformat() >= item.ended:
        draft.problems.append(words.ended(item.title, item.ended))
    if register is None:
        if ref not in (None, "", item.name, item.title, draft.plan.kind):
            draft.problems.append(words.strange_end("物项", item.title))
        return draft.plan.kind
    finder = Finder(bench, register, f"物项（{register.title}）")
    found = finder(ref) if ref is not None else words.no_record(finder.where, register, finder.root)
    if isinstance(found, Problem):
        draft.problems.append(found)
        return None
    return found


def quantity(draft: Draft, raw: object) -> int | None:
    """The quantity in smallest parts; sizes are those of the item's record on the day."""
    item, facts, owners = draft.plan.item, draft.facts, draft.plan.item_owners
    if item is None:
        return None
    sizes = {name: facts.value(facts.item, owners[name], name) for name in item.units.values() if isinstance(name, str)}
    register = draft.plan.item_register
    found = amounts.parts(item, raw, sizes, register.fields if register else {})
    if isinstance(found, Problem):
        if facts.item is not None or not sizes:  # of an item that is not known nobody knows the size of a box
            draft.problems.append(found)
        return None
    return found


def prepare(draft: Draft) -> None:
    """The day due."""
    if draft.plan.loan and not draft.problems:
        loans.set_due(draft)
    elif draft.proposal.due is not None and not draft.plan.loan and not draft.plan.returns:
        draft.problems.append(words.strange_end("应还日期", draft.plan.thing.title))


def settle(bench: Bench, draft: Draft) -> None:
    """The record that personal values are sealed for: a person's before others, the target's before the source's."""
    if any(draft.facts.data.get(name) is not None for name in draft.plan.sealed):
        draft.record = _sealed_for(bench, draft)


def _sealed_for(bench: Bench, draft: Draft) -> str | None:
    ends = [end for end in (draft.facts.target, draft.facts.source) if end and record_of(end)]
    persons = [end for end in ends if _is_person(bench, end)]
    if not ends:
        return record_key_of(draft.uid) if draft.uid else None
    return record_of((persons or ends)[0])


def _is_person(bench: Bench, account_key: str) -> bool:
    register = bench.catalogue.register(account_key.partition("/")[0])
    return register is not None and bench.catalogue.root(register).type == PERSON


def judge(bench: Bench, draft: Draft) -> None:
    """What moves must be there, and may go where it goes."""
    facts, item = draft.facts, draft.plan.item
    if facts.item is None or facts.source is None or facts.target is None or facts.quantity is None or item is None:
        return
    if facts.source == facts.target and not draft.problems:
        draft.problems.append(words.same_ends())
    _expiry(bench, draft, item, facts.item, facts.target)
    draft.problems += exceeded(bench, draft)
    if draft.plan.loan and (waits := loans.somebody_waits(bench, draft)):
        draft.problems.append(waits)
    if not bench.catalogue.outside(facts.source):
        _balance(bench, draft, item)
    elif item.single and not bench.catalogue.outside(facts.target) and _is_in_already(bench, draft, item, facts.item):
        draft.problems.append(words.in_already(item.title))


def _expiry(bench: Bench, draft: Draft, item: Item, key: str, target: str) -> None:
    if item.expires is None or bench.catalogue.outside(target):
        return
    last = draft.facts.value(key, draft.plan.item_owners[item.expires], item.expires)
    if isinstance(last, str) and draft.facts.day.isoformat() > last:
        register = draft.plan.item_register
        draft.problems.append(words.expired(register.title if register else item.title, last))


def _is_in_already(bench: Bench, draft: Draft, item: Item, key: str) -> bool:
    """Whether the one there is came in and did not leave: then the accounts outside, taken together, have given one."""
    pack = draft.plan.pack
    if any(register.outside and item.name in register.holds for register in pack.registers.values()):
        return False  # there are as many accounts outside as records, and nobody adds them up
    outside = [bench.catalogue.account(pack, one.name, None) for one in pack.accounts.values() if one.outside and item.name in one.holds]
    return sum(bench.book.balance(account, key) for account in outside) < 0


def _balance(bench: Bench, draft: Draft, item: Item) -> None:
    facts = draft.facts
    key, source, wanted = facts.item or "", facts.source or "", facts.quantity or 0
    held = bench.book.balance(source, key)
    if held >= wanted:
        return
    lent = next(iter(bench.book.lent(key)), None) if item.single else None
    holder = draft.plan.pack.holder(transfer_of(draft).source)
    title = holder.title if holder else source
    if lent:
        draft.problems.append(words.lent_already(source, title, lent.due))
    else:
        draft.problems.append(words.short(source, title, amounts.told(item, held), amounts.told(item, wanted)))
