"""The sentences of refusals, for the person at the desk. None of them repeats a sealed value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from taizhang.core import Problem
from taizhang.ledger.rules.nouns import NotEnough, NotYet, Over, Taken
from taizhang.packs import Check, Event, Field, Limit, Register, filled
from taizhang.packs.problems import among, nearest, shown

Pair = tuple[str, str]
_NOT_SHOWN: Pair = ("编号属个人信息，不显示", "its key is personal and not shown")


def said(where: str, found: Pair, expected: Pair, do: Pair) -> Problem:
    """A problem in both languages."""
    return Problem(where, found[0], expected[0], do[0], found[1], expected[1], do[1])


def unknown_type(type_name: str, known: Iterable[str]) -> Problem:
    """A type of entry that no programme of the book has."""
    near = nearest(type_name, names := list(known))
    do = (f"是否应为 {near}？", f"Did you mean {near}?") if near else ("请核对专项和名称。", "Check the programme and the name.")
    return said(shown(type_name), ("没有这种条目", "no such type of entry"), (among(names), among(names)), do)


def of_another_kind(title: str, kind: str) -> Problem:
    """A type that is a register, an event or a transfer, proposed as something else."""
    return said(
        title, (f"按 {kind} 提交", f"proposed as {kind}"), ("与种类相符", "its own kind"), ("请核对条目的种类。", "Check the kind.")
    )


def ended(title: str, day: str) -> Problem:
    """Something that takes no new entries any more."""
    expected = (f"早于 {day} 的日期", f"a day before {day}")
    return said(title, (f"自 {day} 起停用", f"no longer used from {day}"), expected, ("请改用现行的一项。", "Use what took its place."))


def no_field(head: str, titles: list[str]) -> Problem:
    """A head that means nothing here."""
    near = nearest(head, titles)
    do = (f"是否应为 {near}？", f"Did you mean {near}?") if near else ("请改名或删去这一列。", "Rename or delete this column.")
    return said(shown(head), ("没有这一项", "no such column"), (among(titles), among(titles)), do)


def twice(head: str, field: Field) -> Problem:
    """Two heads that mean one field."""
    found = (f"{field.title} 有两列", f"two columns for {field.name}")
    return said(shown(head), found, ("一列", "one column"), ("请删去一列。", "Delete one."))


def told_twice(head: str, part: str) -> Problem:
    """Two heads that tell one part of the entry."""
    found = (f"{part}已由另一列写明", f"{part} is told by another column")
    return said(shown(head), found, ("一列", "one column"), ("请删去一列。", "Delete one."))


def which_end(head: str, parts: list[str]) -> Problem:
    """A head that may mean one or the other."""
    listed = "、".join(parts)
    return said(
        shown(head), (f"可能指{listed}", f"it may mean {listed}"), (listed, listed), ("请改用这些列名之一。", "Use one of these heads.")
    )


def computed(head: str) -> Problem:
    """A value for a field that nobody types."""
    return said(shown(head), ("由系统算出", "it is computed"), ("不填写", "nothing typed"), ("请删去这一列。", "Delete this column."))


def missing(field: Field) -> Problem:
    """A field that must be there."""
    return filled({field.name: field}, {})[1][0]


def not_known_to_be(field: Field) -> Problem:
    """A field that must be there, said to be unknown."""
    return said(field.title, ("写明不详", "said to be unknown"), ("必填", "a value"), ("请核实后填写。", "Find it out."))


# ---- days and places -----------------------------------------------------------------------------------------------------------


def no_day(where: str, raw: object) -> Problem:
    """No day, or nothing that is one."""
    found = (f"“{shown(str(raw))}”", f"“{shown(str(raw))}”") if raw not in (None, "") else ("没有填写", "nothing there")
    expected = ("真实的日期，如 2022-12-28", "a real day such as 2022-12-28")
    do = ("请写全年月日。", "Write year, month and day.")
    if raw in (None, ""):
        do = ("请填写；整份都是同一天的，用 --day 指明。", "Fill it in; where all are of one day, name it with --day.")
    return said(where, found, expected, do)


def future(day: date, today: date) -> Problem:
    """A day to come."""
    return said(
        "日期",
        (f"{day} 在今天之后", f"{day} is to come"),
        (f"不晚于 {today}", f"no later than {today}"),
        ("请核对年月日。", "Check the day."),
    )


def too_early(day: date, first: date) -> Problem:
    """A day nobody keeps books of."""
    return said("日期", (f"{day}", f"{day}"), (f"不早于 {first}", f"no earlier than {first}"), ("请核对年份。", "Check the year."))


def no_place() -> Problem:
    """A statement without a place."""
    return said("地点", ("没有填写", "nothing there"), ("区划名称或代码", "a place by name or code"), ("请填写地点。", "Say where."))


# ---- records -------------------------------------------------------------------------------------------------------------------


def key_titles(root: Register) -> str:
    """The fields that identify a record, as a desk knows them."""
    return " / ".join(root.fields[name].title for name in root.key)


def no_record(where: str, register: Register, root: Register) -> Problem:
    """A statement that names no record where it needs one."""
    expected = (f"{register.title}（{key_titles(root)}）", f"a record of {register.name}")
    return said(where, ("没有填写", "nothing there"), expected, ("请写明是哪一个。", "Say which."))


def not_yet(where: str, register: Register, key: str | None) -> NotYet:
    """A record that is not there yet; the key is shown unless it is personal."""
    named = (f"“{shown(key)}”", f"“{shown(key)}”") if key else (f"（{_NOT_SHOWN[0]}）", f"({_NOT_SHOWN[1]})")
    return NotYet(
        where,
        f"{register.title}{named[0]}尚未登记",
        "已登记的对象",
        f"请先登记{register.title}；这一条先留着，登记后再提交。",
        f"{register.name} {named[1]} is not registered yet",
        "a registered record",
        "Register it first; this row is held and can then be given again.",
        register.type,
    )


def bad_key(where: str, register: Register, leaves: list[str]) -> Problem:
    """A natural key with too few parts."""
    wanted = " / ".join(leaves)
    return said(
        where,
        ("编号不完整", "an incomplete key"),
        (f"{register.title}：{wanted}", f"{register.name}: {wanted}"),
        ("各部分用 / 隔开。", "Write / between its parts."),
    )


def registered_since(root: Register) -> Problem:
    """A new record whose natural key somebody else has registered in the meantime."""
    return said(
        key_titles(root),
        ("已由另一次登记使用", "another registration has it by now"),
        ("未登记过的编号", "a key that is not registered"),
        ("请退回，重新提交即归入已有的对象。", "Return it; given again it joins the record that is there."),
    )


def taken(register: Register, names: Iterable[str], record: str) -> Taken:
    """What no two records may have the same, and another has; whose it is, is told by who knows what may be told."""
    fields = [register.fields[name] for name in names]
    title, title_en = "、".join(f.title for f in fields), ", ".join(f.title_en or f.name for f in fields)
    return Taken(
        title,
        f"已由另一个{register.title}使用",
        f"没有用过的{title}",
        "请核对；换给了别人的，先更正原来那一个。",
        f"another {register.title_en or register.name} has it",
        f"a {title_en} that nobody has",
        "Check it; where it passed to somebody else, correct the other first.",
        register.type,
        record,
    )


def taken_by(p: Taken, register: Register, seq: int) -> Problem:
    """The same for who may see whose it is: the entry by which that record was last stated."""
    found = f"已由另一个{register.title}使用（见第{seq}条）"
    found_en = f"another {register.title_en or register.name} has it (see entry {seq})"
    return Problem(p.where, found, p.expected, p.do, found_en, p.expected_en, p.do_en)


def named_twice(field: Field) -> Problem:
    """A record named by its own key, and a personal field of its natural key beside it: not compared, for who may not see it would try."""
    found = ("对象已由对象键指明，这一项不再核对", "the record is named by its own key; this is not compared with it")
    do = ("请删去这一列，或改用它指明对象。", "Delete this column, or name the record by it.")
    return said(field.title, found, ("二者取一", "one of the two"), do)


def recorded_elsewhere() -> Problem:
    """The same happening, told by an entry outside of one's duties: in what it differs, and whether, is not told."""
    found = ("同一件事已由别处记过，不在您的职责范围内", "the same was recorded elsewhere, outside of your duties")
    return said("这一条", found, ("没有记过的", "one that is not recorded"), ("请向管理那里的人员核实。", "Ask who manages it there."))


def key_changed(field: Field) -> Problem:
    """A later state that gives another value for a field that identifies the record."""
    return said(
        field.title,
        ("与登记时不同；识别对象的字段不能改", "it differs from what was registered; a field that identifies a record is not changed"),
        ("登记时的值", "the value it was registered with"),
        (
            "当初登记错了，请红冲那次登记并重记；是另一个对象，请另行登记。",
            "Strike and restate the first state, or register another record.",
        ),
    )


# ---- checks --------------------------------------------------------------------------------------------------------------------


def broken(where: str, check: Check) -> Problem:
    """A check of the pack that does not hold; in its own words."""
    say, say_en = check.say.rstrip("。"), (check.say_en or check.say).rstrip("。.")
    return said(where, (say, say_en), ("", ""), ("请核对后重填。", "Check and give it again."))


def over(where: str, limit: Limit, most: str, before: str, days: int, counted: Iterable[str]) -> Over:
    """More than a limit allows; `counted` are the uids of what there was before."""
    say, say_en = limit.say.rstrip("。"), (limit.say_en or limit.say).rstrip("。.")
    expected = (f"{days} 日内合计不超过 {most}", f"at most {most} within {days} days")
    do = (f"此前已有 {before}，请减少数量。", f"There were {before} already; take less.")
    return Over(where, say, expected[0], do[0], say_en, expected[1], do[1], tuple(counted))


def over_elsewhere(over: Over) -> Problem:
    """The same for who may not see all that was moved before: that it is too much must be told, how much there was need not."""
    do = ("请减少数量。", "Take less.")
    return Problem(over.where, over.found, over.expected, do[0], over.found_en, over.expected_en, do[1])


def does_not_compute(field: Field, why: Problem) -> Problem:
    """A computed value that is outside the limits of its field."""
    do = ("请核对由它算出的各项。", "Check the values it is computed from.")
    return said(field.title, (f"算出的值不合：{why.found}", f"the computed value: {why.found_en}"), (why.expected, why.expected_en), do)


# ---- amounts -------------------------------------------------------------------------------------------------------------------


def no_quantity(units: list[str]) -> Problem:
    """No quantity."""
    listed = "、".join(units)
    return said(
        "数量", ("没有填写", "nothing there"), (f"数和单位：{listed}", f"a number and a unit: {listed}"), ("请填写数量。", "Fill it in.")
    )


def bad_quantity(raw: object, units: list[str]) -> Problem:
    """Something that is no quantity, or in a unit that does not convert."""
    listed, text = "、".join(units), shown(str(raw))
    expected = (f"数和单位：{listed}", f"a number and a unit: {listed}")
    return said("数量", (f"“{text}”", f"“{text}”"), expected, ("请核对数字和单位。", "Check number and unit."))


def negative(raw: object) -> Problem:
    """Less than nothing."""
    text = shown(str(raw))
    found = (f"“{text}”是负数", f"“{text}” is negative")
    do = ("要退回请用相反的划转；写错了请红冲。", "To give back use the transfer the other way; a mistake is struck.")
    return said("数量", found, ("不小于 0 的数量", "a quantity of 0 or more"), do)


def not_whole(raw: object, part: str) -> Problem:
    """A quantity that is no whole number of smallest parts."""
    text = shown(str(raw))
    expected = (f"合整数个{part}", f"a whole number of {part}")
    return said("数量", (f"“{text}”合不成整{part}", f"“{text}” is no whole number of {part}"), expected, ("请核对数量。", "Check it."))


def unknown_size(unit: str, title: str) -> Problem:
    """A larger unit whose size the item's record does not tell."""
    return said(
        "数量",
        (f"不知道 1{unit} 是多少", f"how much one {unit} is, is not known"),
        (f"登记了“{title}”的物项", f"an item with {title}"),
        (f"请先补登“{title}”，或改用最小单位。", f"Register {title} first, or use the smallest unit."),
    )


def too_much(raw: object) -> Problem:
    """A quantity beyond 64 bits."""
    return said("数量", (f"“{shown(str(raw))}”过大", "too large"), ("较小的数", "a smaller number"), ("请核对位数。", "Check the digits."))


def one_only(unit: str) -> Problem:
    """More or less than one of what there is only one of."""
    return said("数量", ("每件只有一个", "there is one of each"), (f"1{unit}", f"1 {unit}"), ("多件请逐件划转。", "Move them one by one."))


def in_already(title: str) -> Problem:
    """A single thing that comes in a second time."""
    found = (f"这一件{title}已在账内", f"this one of {title} is in the book already")
    do = ("请核对编号；换了地方，请用相应的划转。", "Check which one it is; if it only moved, use the transfer for that.")
    return said("物项", found, ("账外的一件", "one that is not in the book"), do)


def short(account: str, title: str, held: str, wanted: str) -> NotEnough:
    """An account that does not hold what should leave it."""
    return NotEnough(
        "数量",
        f"{title}结存 {held}，不够转出 {wanted}",
        f"不超过结存 {held}",
        "请核对批次、账户和数量。",
        f"the balance is {held}, less than {wanted}",
        f"no more than the balance, {held}",
        "Check all three.",
        account,
    )


def lent_already(account: str, title: str, due: date) -> NotEnough:
    """A single thing that is with somebody else."""
    return NotEnough(
        "物项",
        f"{title}结存 0：已借出，应于 {due} 归还",
        "在架的一件",
        "请待归还，或登记预约。",
        f"the balance is 0: it is lent until {due}",
        "one that is there",
        "Wait for its return, or note a hold.",
        account,
    )


def not_enough(where: str) -> Problem:
    """The same for who may not see that account."""
    found = ("结存不够", "the balance is not enough")
    return said(where, found, ("不超过结存", "no more than the balance"), ("请向管理这一账户的人员核实。", "Ask who keeps that account."))


def expired(title: str, day: str) -> Problem:
    """Something past its expiry that should stay within."""
    found = (f"{title}有效期至 {day}，已过期", f"it expired on {day}")
    return said(
        "物项", found, ("有效期内的物项", "an item before its expiry"), ("过期的只能转出账外（如报损）。", "It may only leave the book.")
    )


def same_ends() -> Problem:
    """From an account to itself."""
    found = ("转出与转入是同一处", "source and target are one account")
    return said("调入", found, ("另一个账户", "another account"), ("请核对两端。", "Check both ends."))


def strange_end(where: str, title: str) -> Problem:
    """An end that is given although the transfer has a single one, or that is not the loan's."""
    return said(where, ("与这种划转不符", "it does not fit this transfer"), (title, title), ("请删去或改正。", "Delete or mend it."))


# ---- loans ---------------------------------------------------------------------------------------------------------------------


def no_loan(where: str) -> Problem:
    """Nothing that is lent."""
    found = ("没有未还的借出", "nothing that is lent and not back")
    return said(where, found, ("一次未还的借出", "a loan that is not over"), ("请核对借出的那一条。", "Check which loan it is."))


def several_loans(where: str, count: int) -> Problem:
    """More loans of an item than one."""
    found = (f"有 {count} 次未还的借出", f"{count} loans that are not over")
    return said(where, found, ("其中一次", "one of them"), ("请写明借入的一方或借出的那一条。", "Say the borrower, or which loan."))


def more_than_lent(left: str) -> Problem:
    """A return of more than is out."""
    return said("数量", ("多于未还的数量", "more than is out"), (f"不超过 {left}", f"at most {left}"), ("请核对数量。", "Check it."))


def before_loan(day: date) -> Problem:
    """A return or renewal before the loan."""
    return said(
        "日期", ("早于借出的日期", "before it was lent"), (f"不早于 {day}", f"no earlier than {day}"), ("请核对日期。", "Check the day.")
    )


def waited_for(renewal: bool) -> Problem:
    """Somebody waits, and is served first."""
    if renewal:
        found = ("有人预约，不能续借", "somebody waits for it: it is not renewed")
        return said("续借", found, ("无人预约", "nobody waiting"), ("请按期归还。", "Give it back when it is due."))
    found = ("有人预约在先，应先借给最先预约的人", "somebody waits for it, and is served first")
    return said(
        "调入", found, ("最先预约的人", "the first who waits"), ("请先借给预约的人，或取消预约。", "Lend it to them, or cancel the hold.")
    )


def nothing_open(events: Iterable[Event]) -> Problem:
    """Something that ends what is not open."""
    some = list(events)
    title, title_en = "、".join(one.title for one in some), " or ".join(one.title_en or one.name for one in some)
    found = (f"没有未了结的{title}", f"no open {title_en}")
    do = ("请核对是哪一个；可能已经了结，或还在待审。", "Check which; it may be over by now, or wait for a reviewer.")
    return said(title, found, (f"先有未了结的{title}", f"an open {title_en}"), do)


def renewed_enough(count: int, most: int) -> Problem:
    """No renewal is left."""
    found = (f"已续借 {count} 次", f"renewed {count} times")
    return said("续借", found, (f"续借不超过 {most} 次", f"at most {most} renewals"), ("请按期归还。", "Give it back when it is due."))


def no_due(found: Pair, expected: Pair) -> Problem:
    """A day due that does not fit the rules of the loan."""
    return said("应还日期", found, expected, ("请核对日期。", "Check the day."))


# ---- uids and strikes ----------------------------------------------------------------------------------------------------------


def differs(titles: Iterable[str]) -> Problem:
    """The same happening told otherwise than before."""
    named = "、".join(titles)
    return said(
        named,
        (f"与已记的同一条不一致：{named}", f"it differs from what was recorded of it: {named}"),
        ("与先记的相同", "the same as recorded first"),
        ("先记的保留；先记的错了，请红冲后重记。", "The first is kept; if it was wrong, strike and restate it."),
    )


def bad_uid(uid: str) -> Problem:
    """An id that is none."""
    expected = ("32 位十六进制识别码（UUID 第 7、8 版）", "32 hex digits of a UUID, version 7 or 8")
    return said("识别码", (f"“{shown(uid)}”", f"“{shown(uid)}”"), expected, ("请留空，由系统给出。", "Leave it empty."))


def no_such_entry(uid: str) -> Problem:
    """A strike of something that is not in the book."""
    found = (f"账本中没有这一条：{shown(uid)}", f"no such entry: {shown(uid)}")
    return said("红冲", found, ("账本中的一条", "an entry of the book"), ("请核对是第几条。", "Check which entry."))


def strike_struck() -> Problem:
    """A strike of a strike."""
    found = ("红冲本身不能再红冲", "a strike is not struck")
    do = ("冲错了，请把原来的内容重记一条，并写明原来的识别码。", "State again what was struck by mistake, naming its uid.")
    return said("红冲", found, ("登记、事项或划转", "a state, an event or a transfer"), do)


def still_holds(title: str, amount: str) -> Problem:
    """A strike that would leave an account without its record."""
    found = (f"这次登记一冲，{title}就不在了，而它的账户还有 {amount}", f"the record would be gone, but its account still has {amount}")
    do = (
        "登记写错了，请同时重记；要去掉它，请先红冲到它和从它的划转。",
        "To correct it, restate it in the same act; to be rid of it, strike its transfers first.",
    )
    return said("红冲", found, ("账户已空的对象", "a record whose account is empty"), do)


def struck_before() -> Problem:
    """A strike of what was withdrawn already."""
    found = ("这一条已红冲过", "it was struck before")
    return said("红冲", found, ("没有红冲过的一条", "one that stands"), ("请查看重记的那一条。", "Look at its restatement."))


def of_the_house(type_name: str) -> Problem:
    """A strike of an entry of the book's own."""
    found = (f"{type_name} 是账本自身的条目，不能红冲", f"{type_name} is the book's own and is not struck")
    return said("红冲", found, ("专项的条目", "an entry of a programme"), ("请另行办理。", "There is another act for it."))


def no_reason() -> Problem:
    """A strike without a reason."""
    return said("原因", ("没有填写", "nothing there"), ("红冲的原因", "the reason of the strike"), ("请写明原因。", "Say why."))
