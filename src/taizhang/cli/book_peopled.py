"""Users, duties, delegations and the log as lists; and who or what a word means there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from taizhang.cli.book_table import Column, Line, table
from taizhang.cli.book_values import Shown
from taizhang.cli.book_words import BOOK_WORDS

if TYPE_CHECKING:
    from taizhang.acts.desk import Desk
    from taizhang.cli.book_call import Call
    from taizhang.people import DelegationLine, DutyLine, LogLine, UserLine


def user(desk: Desk, login: str) -> str:
    """The key of a user by his login; InputError where nobody has it."""
    from taizhang.core import InputError, Problem
    from taizhang.people import key_of

    key = key_of(login, using=desk.book.alias)
    if key is None:
        do = ("请用 taizhang people list 查看。", "See taizhang people list.")
        raise InputError(Problem(login, "没有这位用户", "已登记的登录名", do[0], "no such user", "a login that is there", do[1]))
    return key


def programme(desk: Desk, words: str) -> str:
    """The name of a programme by its title or name; "*" is every one."""
    from taizhang.core import InputError, Problem

    packs = desk.book.catalogue.packs
    for name, pack in packs.items():
        if words in (name, pack.title, pack.title_en):
            return name
    if words in ("*", "全部"):
        return "*"
    expected = "、".join(["*", *(pack.title for pack in packs.values())])
    do = ("请先安装，或改用其中一个。", "Install it first, or use one of these.")
    raise InputError(Problem(words, "账本里没有这个专项", expected, do[0], "no such programme in the book", expected, do[1]))


def department(desk: Desk, words: str | None, path: str) -> int:
    """The number of a department by its name, which is made where there is none; without a name that of who acts."""
    from taizhang.people import add_department, departments, users

    using = desk.book.alias
    if words is None:
        return next(one.department for one in users(desk.scope, using=using) if one.key == desk.scope.user)
    found = next((one.number for one in departments(desk.scope, using=using) if one.name == words), None)
    return add_department(desk.scope, name=words, place=path, using=using) if found is None else found


def show(call: Call, desk: Desk) -> None:
    """Users with their departments; duties; delegations."""
    from taizhang.people import delegations, departments, duties, users

    using = desk.book.alias
    shown = Shown(call, desk)
    everybody = users(desk.scope, using=using)
    offices = {one.number: one.name for one in departments(desk.scope, using=using)}
    given, lent = duties(desk.scope, using=using), delegations(desk.scope, using=using)
    if call.as_json:
        call.json(
            {
                "users": [
                    {"login": u.login, "name": u.name, "key": u.key, "department": offices.get(u.department), "until": u.until}
                    for u in everybody
                ],
                "duties": [_named(d) for d in given],
                "delegations": [_named(d) for d in lent],
            }
        )
        return
    names = {one.key: one.name for one in everybody}
    _table(call, "users", ("login", "person", "department", "since", "until"), [_of_user(one, offices) for one in everybody])
    _table(
        call,
        "duties",
        ("grant", "person", "role", "place", "programme", "since", "until", "why"),
        [_of_duty(shown, one, names) for one in given],
    )
    _table(
        call,
        "delegations",
        ("grant", "person", "stands in", "duty", "since", "until", "why"),
        [_of_delegation(call, one, names) for one in lent],
    )


def _of_user(one: UserLine, offices: dict[int, str]) -> tuple[str, ...]:
    return one.login, one.name, offices.get(one.department, ""), str(one.since), str(one.until or "")


def _of_duty(shown: Shown, one: DutyLine, names: dict[str, str]) -> tuple[str, ...]:
    programme = shown.programme(one.programme)
    place, until = shown.place_of_path(one.place), str(one.until or "")
    return str(one.number), names.get(one.user, one.user), role(shown.call, one.role), place, programme, str(one.since), until, one.reason


def _of_delegation(call: Call, one: DelegationLine, names: dict[str, str]) -> tuple[str, ...]:
    whole = str(one.duty or call.tell("every duty"))
    both = names.get(one.from_user, one.from_user), names.get(one.to_user, one.to_user)
    return str(one.number), *both, whole, str(one.since), str(one.until), one.reason


def role(call: Call, name: str) -> str:
    """The title of a role."""
    from taizhang.core import ROLE_TITLES

    return ROLE_TITLES[name][call.lang == "en"]  # type: ignore[index]


def show_log(call: Call, desk: Desk, lines: Sequence[LogLine]) -> None:
    """The log, the newest line first."""
    shown = Shown(call, desk)
    if call.as_json:
        for one in lines:
            call.json({**_named(one), "user": shown.user(one.user)})
        return
    heads = ("moment", "person", "act", "programme", "place", "entries", "refused")
    columns = [Column(call.tell(f"head {h}"), right=h == "entries", cut=h == "refused") for h in heads]
    table(call.screen, columns, (Line(_act(call, shown, one)) for one in lines))


def _act(call: Call, shown: Shown, one: LogLine) -> tuple[str, ...]:
    act = call.tell(f"act {one.act}") if f"act {one.act}" in BOOK_WORDS else one.act
    count = f"{one.entries[1]:,}" if one.entries else ""
    refused = call.tell("refused", why=_why(call, one.refused)) if one.refused else ""
    return (
        shown.moment(one.at),
        shown.user(one.user),
        act,
        shown.programme(one.programme),
        shown.place_of_path(one.place),
        count,
        refused,
    )


def _why(call: Call, refused: str) -> str:
    """Why an act was refused; a count of problems and the words of the house in the language asked for."""
    count, _, unit = refused.partition(" ")
    if unit == "problems":
        return call.tell("why problems", n=count)
    return call.tell(f"why {refused}") if f"why {refused}" in BOOK_WORDS else refused


def _table(call: Call, key: str, heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    lines = [Line(row) for row in rows]
    if not lines:
        return
    if key != "users":
        call.screen.gap()
    call.screen.line((call.tell(f"list {key}"), "strong"))
    table(call.screen, [Column(call.tell(f"head {h}"), right=h == "grant", cut=h == "why") for h in heads], lines)


def _named(one: object) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(one)  # type: ignore[call-overload,no-any-return]
