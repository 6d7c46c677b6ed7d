"""People: users, departments, duties, delegations; and the log of what everybody did."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from taizhang.cli import book_peopled
from taizhang.cli.book_call import Call, command, group, number_of
from taizhang.cli.book_post import day_of
from taizhang.cli.book_words import PANEL
from taizhang.cli.usage import trouble

if TYPE_CHECKING:
    from taizhang.acts.desk import Desk
    from taizhang.core import DutyRole

app = group()
people = group(help="用户、部门、职责、代办 · users, departments, duties, delegations")
app.add_typer(people, name="people", rich_help_panel=PANEL["people"])

Login = Annotated[str, typer.Argument(metavar="LOGIN", help="登录名 · login", show_default=False)]
Name = Annotated[str, typer.Option("--name", metavar="NAME", help="姓名 · name", show_default=False)]
Department = Annotated[
    str | None,
    typer.Option("--department", metavar="NAME", help="部门，没有就新设，默认您的部门 · made where it is new", show_default=False),
]
PlaceWords = Annotated[
    str | None, typer.Option("--place", metavar="PLACE", help="区划，默认账本所在 · place, else the book's", show_default=False)
]
Role = Annotated[
    str,
    typer.Argument(
        metavar="ROLE", help="查看 填报 村级审核 乡级审核 县级审核 市级审核 省级审核 查看个人信息 管理 审计", show_default=False
    ),
]
Programme = Annotated[str, typer.Option("--programme", metavar="NAME", help="专项，* 为全部 · programme, * for every one")]
Reason = Annotated[str, typer.Option("--why", metavar="TEXT", help="事由，如文号 · the reason, such as a document", show_default=False)]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="哪天起，默认今天 · from which day, else today", show_default=False)
]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="到哪天 · the last day", show_default=False)]
UntilNeeded = Annotated[str, typer.Option("--until", metavar="DAY", help="到哪天 · the last day", show_default=False)]
LastDay = Annotated[
    str | None, typer.Option("--day", metavar="DAY", help="最后一天，默认立即停止 · the last day, else at once", show_default=False)
]
Duty = Annotated[int | None, typer.Option("--duty", parser=number_of, metavar="N", help="职责号 · number of a duty", show_default=False)]
Delegation = Annotated[
    int | None, typer.Option("--delegation", parser=number_of, metavar="N", help="代办号 · number of a delegation", show_default=False)
]


@command(people, "add")
def add(call: Call, who: Login, name: Name, department: Department = None, place: PlaceWords = None) -> None:
    """登记用户（没有职责）· a new user, without duties yet."""
    with call.desk() as desk:
        from taizhang.people import add_user

        office = book_peopled.department(desk, department, path_of(desk, place))
        key = add_user(desk.scope, name=name, login=who, department=office, using=desk.book.alias)
    if call.as_json:
        call.json({"user": key, "login": who})
    else:
        call.screen.line((call.tell("user added", name=name, login=who), "strong"))
        call.screen.line((call.tell("user added next", login=who), "faint"))


@command(people, "list")
def listing(call: Call) -> None:
    """用户、职责、代办 · users, duties, delegations."""
    with call.desk() as desk:
        book_peopled.show(call, desk)


@command(people, "duty")
def duty(
    call: Call,
    who: Login,
    role: Role,
    reason: Reason,
    place: PlaceWords = None,
    programme: Programme = "*",
    since: Since = None,
    until: Until = None,
) -> None:
    """授予职责 · give a user a role at a place in a programme."""
    with call.desk() as desk:
        from taizhang.people import give_duty

        where = path_of(desk, place)
        number = give_duty(
            desk.scope,
            user=book_peopled.user(desk, who),
            role=_role(role),
            place=where,
            programme=book_peopled.programme(desk, programme),
            reason=reason,
            since=day_of(since),
            until=day_of(until),
            using=desk.book.alias,
        )
    _done(call, "duty", number)


@command(people, "end")
def end(
    call: Call,
    who: Annotated[str | None, typer.Argument(metavar="LOGIN", help="停用这位用户 · this user", show_default=False)] = None,
    duty_number: Duty = None,
    delegation: Delegation = None,
    day: LastDay = None,
) -> None:
    """停用用户，或终止一项职责、一项代办 · end a user, a duty or a delegation."""
    if sum(one is not None for one in (who, duty_number, delegation)) != 1:
        raise trouble("usage end")
    with call.desk() as desk:
        from taizhang.people import end_delegation, end_duty, end_user

        last = day_of(day) or desk.today - timedelta(days=1)
        using = desk.book.alias
        if who is not None:
            end_user(desk.scope, book_peopled.user(desk, who), last, using=using)
        elif duty_number is not None:
            end_duty(desk.scope, duty_number, last, using=using)
        else:
            end_delegation(desk.scope, delegation or 0, last, using=using)
    if call.as_json:
        call.json({"until": str(last)})
    else:
        call.screen.line((call.tell("ended", day=last), "strong"))


@command(people, "delegate")
def delegate(
    call: Call,
    who: Annotated[str, typer.Argument(metavar="FROM", help="谁的职责 · whose duties", show_default=False)],
    to: Annotated[str, typer.Argument(metavar="TO", help="由谁代办 · who stands in", show_default=False)],
    until: UntilNeeded,
    reason: Reason,
    since: Since = None,
    duty_number: Duty = None,
) -> None:
    """委托代办 · let a user stand in for another, in one duty or in all."""
    with call.desk() as desk:
        from taizhang.people import delegate as delegating

        number = delegating(
            desk.scope,
            from_user=book_peopled.user(desk, who),
            to_user=book_peopled.user(desk, to),
            since=day_of(since) or desk.today,
            until=day_of(until) or desk.today,
            reason=reason,
            duty=duty_number,
            using=desk.book.alias,
        )
    _done(call, "delegation", number)


@command(app, "log", rich_help_panel=PANEL["people"])
def log(
    call: Call,
    user: Annotated[str | None, typer.Option("--user", metavar="LOGIN", help="谁做的 · by whom", show_default=False)] = None,
    act: Annotated[str | None, typer.Option("--act", metavar="ACT", help="做了什么，如 reveal · what was done", show_default=False)] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", parser=number_of, help="最多几条 · at most")] = 50,
) -> None:
    """日志：谁在何时做了什么，新的在前 · who did what, the newest first."""
    with call.desk() as desk:
        from taizhang.people import acts

        who = book_peopled.user(desk, user) if user else None
        whole = desk.scope.may("audit", "*", desk.reader.path(desk.book.place))
        lines = acts(desk.scope, user=who, act=act, limit=limit, placeless=whole, using=desk.book.alias)
        book_peopled.show_log(call, desk, lines)


def path_of(desk: Desk, words: str | None) -> str:
    """The path of a place in words; of the book's where nothing is said."""
    from taizhang.core import InputError, Problem

    if words is None:
        return desk.reader.path(desk.book.place)
    found = desk.places.place_key(words, desk.today.isoformat(), "")
    if isinstance(found, Problem):
        raise InputError(found)
    return desk.places.path(found)


def _role(words: str) -> DutyRole:
    from taizhang.core import ROLE_TITLES, InputError, Problem

    for role, titles in ROLE_TITLES.items():
        if words in (role, *titles):
            return role
    expected = "、".join(f"{titles[0]}（{role}）" for role, titles in ROLE_TITLES.items())
    raise InputError(
        Problem(
            "ROLE",
            f"没有“{words}”这种职责",
            expected,
            "请改用其中一种。",
            f"no role “{words}”",
            ", ".join(ROLE_TITLES),
            "Use one of these.",
        )
    )


def _done(call: Call, what: str, number: int) -> None:
    call.json({what: number}) if call.as_json else call.screen.line((call.tell(f"{what} given", n=number), "strong"))
