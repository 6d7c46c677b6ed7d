"""What was posted: how many rows became what, what is wrong with the others, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taizhang.cli.batch import Outcome
from taizhang.cli.book_values import Shown

if TYPE_CHECKING:
    from taizhang.acts.desk import Desk
    from taizhang.acts.importing import Imported
    from taizhang.acts.posting import Answer
    from taizhang.capture.rows import Sheet
    from taizhang.cli.book_call import Call

MOST = 20
REPEATED = 5
COUNTS = ("ok", "waiting", "exists", "repeated", "erased")


def show(call: Call, desk: Desk, type_name: str, sheet: Sheet, done: Imported, check_only: bool, day: str | None = None) -> Outcome:
    """The problems, one line each, and the summary. `day` is the one that was named for rows without one."""
    bad = bool(done.bad or done.problems or sheet.problems or done.repeated)
    outcome = Outcome.INTERRUPTED if done.interrupted else Outcome.CONTRADICTED if bad else Outcome.CLEAR
    if call.as_json:
        call.json(
            {
                "file": sheet.name,
                "type": type_name,
                "rows": done.rows,
                **{name: done.counts[name] for name in COUNTS},
                "bad": done.bad - done.held,
                "held": done.held,
                "posted": done.posted,
                "stopped_at": done.stopped_at,
                "mend": str(done.mend) if done.mend else None,
                "problems": [call.problem(p) for p in done.problems],
                "notes": [call.problem(p) for p in sheet.notes],
            }
        )
        return outcome
    screen = call.screen
    _problems(call, sheet, done)
    for note in sheet.notes:
        screen.line((note.line(call.lang), "faint"), hang=2)
    if day is None and done.rows and _undated(desk, type_name, sheet):
        screen.line((call.tell("dated today", day=desk.today), "faint"), hang=2)
    if done.repeated:
        screen.line(_repeated(call, desk, done), hang=2)
    for row, why in done.returned:
        screen.line(call.tell("returned before", row=f"{row:,}", why=why), hang=2)
    if counts := _counts(call, done):
        screen.line((f"{Shown(call, desk).type(type_name)}  ", "strong"), (counts, "plain"))
    for line in _next(call, done, sheet, check_only):
        screen.line(line)
    return outcome


def _problems(call: Call, sheet: Sheet, done: Imported) -> None:
    """What is wrong, each kind of it once; of the file as a whole before its rows."""
    of_file = sheet.problems or ([] if done.alike else done.problems)
    for problem in of_file[:MOST]:
        call.screen.line(problem.line(call.lang), hang=2)
    for one in list(done.alike.values())[:MOST]:
        many = one.count > len(one.problems)
        for problem in one.problems[: 1 if many else None]:
            call.screen.line(problem.line(call.lang), hang=2)
        if many:
            rows = call.tell("list of").join(f"{row:,}" for row in one.rows)
            call.screen.line((call.tell("rows alike", n=f"{one.count:,}", rows=rows), "faint"), indent=2)
    if len(done.alike) > MOST or len(of_file) > MOST:
        call.screen.line((call.tell("more problems", n=f"{done.bad:,}"), "faint"))


def _undated(desk: Desk, type_name: str, sheet: Sheet) -> bool:
    """Whether a sheet has no head for the day: then all of it is of today."""
    from taizhang.ledger.rules import heads_of

    return bool(sheet.heads) and "day" not in heads_of(sheet.heads, type_name, desk.book.catalogue).parts.values()


def _repeated(call: Call, desk: Desk, done: Imported) -> str:
    """Which rows say what another file brought, the first few with the entry they repeat."""
    shown = done.repeated[:REPEATED]
    seqs = {line.entry.uid: line.seq for line in desk.reader.entries(uid for _, uid in shown)}
    rows = [
        call.tell("repeats entry", row=f"{row:,}", n=f"{seqs[uid]:,}") if uid in seqs else call.tell("repeats", row=f"{row:,}")
        for row, uid in shown
    ]
    n = done.counts["repeated"]
    more = call.tell("and more") if n > len(rows) else ""
    return call.tell("rows repeated", n=f"{n:,}", rows=call.tell("list of").join(rows) + more)


def _counts(call: Call, done: Imported) -> str:
    """Of how many rows how many became what; nothing where no row was read."""
    told = [call.tell("rows", n=f"{done.rows:,}")] if done.rows else []
    told += [call.tell(f"became {name}", n=f"{done.counts[name]:,}") for name in COUNTS if done.counts[name]]
    told += [call.tell(f"became {name}", n=f"{n:,}") for name, n in (("bad", done.bad - done.held), ("held", done.held)) if n]
    return call.tell("wide gap").join(told)


def _next(call: Call, done: Imported, sheet: Sheet, check_only: bool) -> list[str]:
    """What to do now, a line each."""
    out = []
    written = any(done.counts[name] for name in COUNTS if name != "repeated")
    if done.interrupted:
        out.append(call.tell("stopped at", row=f"{done.stopped_at:,}") if done.stopped_at else call.tell("stopped before"))
    elif done.stopped_at:
        out.append(call.tell("stood until", row=f"{done.stopped_at:,}"))
    elif not written and not check_only:
        out.append(call.tell("nothing posted"))
    elif check_only and not done.problems and not sheet.problems and not done.repeated:
        out.append(call.tell("all good"))
    if done.held:
        out.append(call.tell("held next"))
    if done.mend:
        out.append(call.tell("mend file", path=done.mend))
        if not written and not check_only and done.bad < done.rows:
            out.append(call.tell("try valid only", n=f"{done.rows - done.bad:,}"))
    if done.counts["waiting"]:
        out.append(call.tell("waits"))
    return out


def answer(call: Call, desk: Desk, key: str, given: Answer, **facts: str) -> Outcome:
    """One act: what became of it."""
    bad = given.what not in ("ok", "waiting", "exists")
    if call.as_json:
        told = {"what": given.what, "uid": given.uid, "seq": given.seq, "level": given.level}
        call.json({**told, **facts, "problems": [call.problem(p) for p in given.problems]})
    elif bad:
        for problem in given.problems:
            call.screen.line(problem.line(call.lang), hang=2)
        call.screen.line((call.tell("nothing posted" if given.what != "erased" else "erased before"), "strong"))
    else:
        words = (
            call.tell(key, **facts)
            if given.what == "ok"
            else call.tell(f"answer {given.what}", level=call.tell(f"level {given.level}") if given.level else "")
        )
        number = call.tell("number", n=f"{given.seq:,}") if given.seq else ""
        if given.returned is not None:
            call.screen.line(call.tell("returned once", why=given.returned), hang=2)
        call.screen.line((words, "strong"), ("".join(f"　{one}" for one in (number, given.uid) if one), "faint"))
    return Outcome.CONTRADICTED if bad else Outcome.CLEAR
