"""How records, entries, histories and balances look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from taizhang.cli.batch import Outcome
from taizhang.cli.book_entries import HIDDEN, movement, number, own_values, summary, title, whole
from taizhang.cli.book_table import Column, Line, pairs, table
from taizhang.cli.book_values import Shown

if TYPE_CHECKING:
    from datetime import date

    from taizhang.acts.desk import Desk
    from taizhang.cli.book_call import Call
    from taizhang.core import Entry
    from taizhang.ledger.reading import Line as Read
    from taizhang.ledger.reading import Seen


def record(call: Call, desk: Desk, key: str, seen: Seen | None, day: date | None, seq: int | None, reveal: bool) -> Outcome:
    """A record: what each register says of it, what it holds, and who holds it; now, or as of a day or an entry."""
    as_of = bool(day or seq)
    if seen is None:
        call.json(None) if call.as_json else call.screen.line(call.tell("not yet then" if as_of else _gone(desk, key), key=key))
        return Outcome.CONTRADICTED
    if call.as_json:
        call.json({"record": seen.key, "place": seen.place, "seq": seen.seq, "day": seen.day, "values": seen.values})
        return Outcome.CLEAR
    shown, screen = Shown(call, desk), call.screen
    screen.line((shown.record(seen.key), "strong"), ("　" + shown.place(seen.place), "faint"))
    for type_name, values in seen.values.items():
        register = desk.book.catalogue.register(type_name)
        screen.line(call.title(register) if register else type_name)
        pairs(screen, shown.fields({n: register.fields[n] for n in register.own} if register else {}, values), indent=4)
    if reveal and any(value == HIDDEN for values in seen.values.values() for value in values.values()):
        screen.line((call.tell("still hidden"), "faint"))
    held = _held(desk, desk.reader.accounts(seen.key), None, day, seq)
    holders = [one for one in _held(desk, desk.reader.holders(seen.key), seen.key, day, seq) if one[3] > 0]
    for head, some in (("holds", held), ("held by", holders)):
        if some:
            screen.line(call.tell(head))
            _balances(call, shown, some, due={} if as_of else desk.reader.due({one[0] for one in some}), indented=True)
    screen.line((call.tell("record foot", key=seen.key, day=seen.day, seq=f"{seen.seq:,}"), "faint"))
    return Outcome.CLEAR


def beyond(call: Call, desk: Desk, seq: int | None) -> None:
    """Say where the book ends for this user, where it is asked as of an entry that is not there yet."""
    last = next((line.seq for line in desk.reader.latest(limit=1)), 0) if seq and not call.as_json else 0
    if seq and last and seq > last:
        call.screen.line((call.tell("beyond", n=f"{last:,}"), "faint"))


def _gone(desk: Desk, key: str) -> str:
    """Why a record with entries is not seen: its registration was struck, or it is none that this user may see."""
    states = [line for line in desk.reader.history(key) if line.entry.kind == "state"]
    return "no longer" if states and all(line.struck_by for line in states) else "not seen"


def entry(call: Call, desk: Desk, line: Read, reveal: bool) -> Outcome:
    """An entry whole: what it says, who wrote it when, whether it was struck, whether it is under a checkpoint."""
    one, last = line.entry, desk.book.last_checkpoint()
    proved = last is not None and last[0].size >= line.seq
    struck = _struck(desk, line)
    if call.as_json:
        call.json({**_told(line, reveal), "struck_by_uid": struck.uid if struck else None, "proved": proved})
        return Outcome.CLEAR
    shown, screen = Shown(call, desk), call.screen
    style: Any = "struck" if line.struck_by else "strong"
    screen.line((title(shown, one), style), ("　" + call.tell("number", n=f"{line.seq:,}"), "faint"))
    pairs(screen, _facts(call, shown, line, reveal))
    if struck is not None:
        screen.line((call.tell("struck by", n=f"{line.struck_by:,}", day=struck.day), "struck"))
    size = f"{last[0].size:,}" if last else "0"
    screen.line((call.tell("proved" if proved else "not proved", size=size), "faint"))
    return Outcome.CLEAR


def _facts(call: Call, shown: Shown, line: Read, reveal: bool) -> list[tuple[str, str]]:
    one = line.entry
    rows = [("uid", one.uid), ("day", str(one.day)), ("place", shown.place(one.place))]
    if one.record and one.kind != "transfer":
        rows.append(("record", shown.record(one.record)))
    if one.kind == "transfer":
        rows.append(("movement", movement(shown, one)))
    rows = [(call.tell(f"head {name}"), value) for name, value in rows]
    thing = shown.thing(one.type)
    values = {**one.data, **(line.opened if line.opened else dict.fromkeys(one.sealed, HIDDEN))}
    if one.kind == "strike":
        rows += [(call.tell("head why"), str(values.get("why", ""))), (call.tell("head strikes"), number(shown, one.strikes or ""))]
    elif thing is not None:
        rows += list(shown.fields(thing.fields, values))
    else:
        rows += own_values(shown, values)
    return [*rows, (call.tell("head actor"), shown.user(one.actor)), (call.tell("head recorded"), shown.moment(one.recorded_at))]


def _struck(desk: Desk, line: Read) -> Entry | None:
    """The strike that withdrew an entry."""
    if line.struck_by is None:
        return None
    found = desk.reader.at([line.struck_by])
    return found[0].entry if found else None


def history(call: Call, desk: Desk, key: str, lines: Sequence[Read], reveal: bool) -> Outcome:
    """Every entry about a record, the first on top."""
    if call.as_json:
        for line in lines:
            call.json(_told(line, reveal))
        return Outcome.CLEAR
    shown = Shown(call, desk)
    call.screen.line((shown.record(key), "strong"), ("　" + call.tell("entries", n=f"{len(lines):,}"), "faint"))
    _lines(call, shown, lines, summary)
    return Outcome.CLEAR


def latest(call: Call, desk: Desk, lines: Sequence[Read], limit: int) -> Outcome:
    """The newest entries, the newest on top."""
    if call.as_json:
        for line in lines:
            call.json(_told(line, False))
        return Outcome.CLEAR
    if not lines:
        call.screen.line(call.tell("no entries"))
        return Outcome.CLEAR
    _lines(call, Shown(call, desk), lines, whole)
    if len(lines) == limit:
        call.screen.line((call.tell("more entries", n=limit), "faint"))
    return Outcome.CLEAR


def _lines(call: Call, shown: Shown, lines: Sequence[Read], said: Callable[..., str]) -> None:
    """Entries, a line each, and what can be done with one."""
    heads = ("number", "day", "title", "content", "state")
    columns = [Column(call.tell(f"head {h}"), right=h == "number", cut=h == "content") for h in heads]
    table(call.screen, columns, (_of_history(call, shown, line, said) for line in lines))
    call.screen.line((call.tell("history foot"), "faint"))


def _of_history(call: Call, shown: Shown, line: Read, said: Callable[..., str]) -> Line:
    one = line.entry
    state = call.tell("struck at", n=f"{line.struck_by:,}") if line.struck_by else ""
    words = said(shown, one, line.opened or None)
    return Line((f"{line.seq:,}", str(one.day), title(shown, one), words, state), "struck" if line.struck_by else "plain")


def balances(call: Call, desk: Desk, words: str, accounts: Sequence[str], item: str | None, day: date | None, seq: int | None) -> Outcome:
    """What accounts hold of each item."""
    held = _held(desk, accounts, item, day, seq)
    shown = Shown(call, desk)
    if call.as_json:
        for account, one, kind, parts in held:
            figure, unit = shown.figure(kind, parts)
            call.json({"account": account, "item": one, "kind": kind, "parts": parts, "figure": figure.replace(",", ""), "unit": unit})
        return Outcome.CLEAR
    if not held:
        call.screen.line(call.tell("holds nothing", words=words))
        return Outcome.CLEAR
    _balances(call, shown, held, due={} if day or seq else desk.reader.due({one[0] for one in held}))
    return Outcome.CLEAR


Held = tuple[str, str, str, int]
"""Account, item, kind of item, and how many smallest parts."""


def _held(desk: Desk, accounts: Sequence[str], item: str | None, day: date | None, seq: int | None) -> list[Held]:
    out: list[Held] = []
    for account in accounts:
        kinds = desk.reader.kinds(account)
        for one, parts in (desk.reader.held(account, day=day, seq=seq) or {}).items():
            if item in (None, one) and (parts or item):
                out.append((account, one, kinds.get(one, one), parts))
    return out


def _balances(call: Call, shown: Shown, held: Sequence[Held], due: Mapping[tuple[str, str], date], indented: bool = False) -> None:
    heads = ("account", "item", "quantity", "unit", "large", "due")
    columns = [
        Column(("    " if indented and h == "account" else "") + call.tell(f"head {h}"), right=h == "quantity", cut=h == "item")
        for h in heads
    ]
    space = "    " if indented else ""
    lines = []
    for account, item, kind, parts in held:
        figure, unit = shown.figure(kind, parts)
        back = due.get((account, item))
        late = (shown.desk.today - back).days if back else 0
        when = call.tell("late", day=back, n=late) if late > 0 else str(back or "")
        lines.append(Line((space + shown.account(account), shown.item(item, kind), figure, unit, shown.large(kind, item, parts), when)))
    table(call.screen, columns, sorted(lines, key=lambda line: line.cells[:2]))


def _told(line: Read, reveal: bool) -> dict[str, Any]:
    """An entry as JSON; sealed values as they may be seen, never as ciphertext."""
    one = line.entry
    told = {
        "seq": line.seq,
        "uid": one.uid,
        "kind": one.kind,
        "type": one.type,
        "place": one.place,
        "day": str(one.day),
        "record": one.record,
        "data": dict(one.data),
        "sealed": dict(line.opened) if reveal else dict.fromkeys(one.sealed, HIDDEN),
        "item": one.item,
        "quantity": one.quantity,
        "source": one.source,
        "target": one.target,
        "due": str(one.due) if one.due else None,
        "strikes": one.strikes,
        "actor": one.actor,
        "recorded_at": one.recorded_at,
        "struck_by": line.struck_by,
    }
    return {name: value for name, value in told.items() if value not in (None, {})}
