"""What the journal refuses, in words for the desk."""

from __future__ import annotations

from collections.abc import Iterable

from taizhang.acts.desk import Desk
from taizhang.core import Problem
from taizhang.ledger.balances import Short
from taizhang.ledger.catalogue import record_of
from taizhang.ledger.journal import Refusal
from taizhang.ledger.rules import NotEnough, Over, Taken, words
from taizhang.ledger.rules.amounts import told

_PLAIN = {
    "unknown_strike": (
        ("要红冲的条目不在账本里", "已记的条目", "请核对是第几条。"),
        ("the entry to strike is not in the book", "an entry that is there", "Check its uid."),
    ),
    "itself": (("调出与调入是同一账户", "两个账户", "请改正其中一个。"), ("source and target are one account", "two accounts", "Mend one of them.")),
}


def refused(desk: Desk, refusal: Refusal) -> tuple[Problem, ...]:
    """Why an act was refused, and what can be done."""
    if refusal.short is not None:
        return (_short(desk, refusal.short, refusal.entry.kind == "strike"),)
    if refusal.why == "strikes_a_strike":
        return (words.strike_struck(),)
    if refusal.why == "struck_already":
        return (words.struck_before(),)
    if refusal.why in _PLAIN:
        zh, en = _PLAIN[refusal.why]
        return (Problem("条目", *zh, *en),)
    found, found_en = f"不能记入：{refusal.text}", f"cannot be written: {refusal.text}"
    return (Problem("条目", found, "可以记入的条目", "请核对内容。", found_en, "an entry that can be written", "Check what it says."),)


def conflict(desk: Desk, uid: str) -> Problem:
    """The same id with another statement."""
    line = desk.reader.entry(uid)
    number, number_en = (f"第{line.seq}条", f"as entry {line.seq}") if line else ("", "")
    return Problem(
        "这一条",
        f"已记过{number}，内容不一致；保留先记的",
        "与先记的相同",
        "要更正，请红冲后重记。",
        f"it is recorded already {number_en} and says something else; the first is kept".replace("  ", " "),
        "the same statement",
        "To correct it, strike it and state it anew.",
    )


def waits_otherwise(number: int) -> Problem:
    """The same id with another statement waits for a reviewer."""
    found = (f"已报过（待审 {number}），内容不一致；保留先报的", f"it waits already (no. {number}) and says something else; the first is kept")
    do = ("要更正，请审核人退回，再重报。", "To correct it, have it returned and propose it anew.")
    return Problem("这一条", found[0], "与先报的相同", do[0], found[1], "the same statement", do[1])


def within(desk: Desk, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems as they may be told at this desk: not how much an account holds, or was moved before, outside its scope."""
    return tuple(_within(desk, problem) for problem in problems)


def _within(desk: Desk, p: Problem) -> Problem:
    if isinstance(p, Over) and len(desk.reader.entries(p.counted)) < len(p.counted):
        return words.over_elsewhere(p)
    if isinstance(p, Taken):
        return _taken(desk, p)
    return words.not_enough(p.where) if isinstance(p, NotEnough) and not desk.reader.sees_account(p.account) else p


def _taken(desk: Desk, p: Taken) -> Problem:
    """Whose it is, for who sees that record."""
    register, seen = desk.book.catalogue.register(p.register), desk.reader.now([p.record]).get(p.record)
    return words.taken_by(p, register, seen.seq) if register and seen and p.register in seen.values else p


def _short(desk: Desk, short: Short, by_strike: bool) -> Problem:
    if not desk.reader.sees_account(short.account):
        return words.not_enough("数量")
    item = desk.book.catalogue.item(short.kind)
    title = account_title(desk, short.account)
    held, left = (told(item, n) if item else str(n) for n in (short.held, short.quantity))
    if short.day is not None:
        found = (f"{title}在 {short.day} 的结存会成为 {left}", f"{title} would hold {left} at the end of {short.day}")
    else:
        found = (f"{title}结存 {held}，之后会是 {left}", f"{title} holds {held} and would hold {left}")
    do = ("请核对数量和日期。", "Check quantity and day.")
    if by_strike:
        later = later_movements(desk, short)
        do = (f"请在同一次里一并更正以后的划转：{later[0]}。", f"Correct the later movements in the same act: {later[1]}.")
    return Problem("数量", found[0], "不低于 0", do[0], found[1], "0 or more", do[1])


def account_title(desk: Desk, account: str) -> str:
    """An account by its title, and by what its record is called where that is open."""
    type_name, _, _ = account.partition("/")
    catalogue = desk.book.catalogue
    register = catalogue.register(type_name)
    if register is None:
        pack = catalogue.pack_of(account)
        single = pack.accounts.get(account.partition(".")[2]) if pack else None
        return single.title if single else account
    seen = next(iter(desk.reader.now([record_of(account) or ""]).values()), None)
    names = [value for values in (seen.values.values() if seen else ()) for name, value in values.items() if name == "name"]
    return f"{register.title} {names[0]} " if names and isinstance(names[0], str) and names[0] != "●●●" else register.title


def later_movements(desk: Desk, short: Short, most: int = 5) -> tuple[str, str]:
    """The days and numbers of what left the account and stands, the newest first, in both languages."""
    lines = desk.reader.left(short.account, short.item, most + 1)
    more = "…" if len(lines) > most else ""
    told_ = "、".join(f"{line.entry.day} 第{line.seq}条" for line in lines[:most])
    told_en = ", ".join(f"entry {line.seq} of {line.entry.day}" for line in lines[:most])
    return told_ + more, told_en + more
