"""The one table of keys of the pack language: checking, the JSON Schema and the reference page all read it."""

from __future__ import annotations

from dataclasses import dataclass, field

from taizhang.packs.types import TYPES

LEVELS = ("village", "township", "county", "prefecture", "province")
ACTS = ("登记", "事项", "划转", "归还", "续借", "红冲", "接受", "退回")


@dataclass(frozen=True, slots=True)
class Word:
    """A single value: name, path, line, text, expression, day, integer, number, boolean, limit, size, value."""

    kind: str
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; a single value stands for a list of one."""

    of: Shape


@dataclass(frozen=True, slots=True)
class MapOf:
    """A map whose keys are names we give (`name`) or words of the office (`text`)."""

    of: Shape
    keys: str = "name"


@dataclass(frozen=True, slots=True)
class Table:
    """A map with the keys of a section of this table."""

    section: str


@dataclass(frozen=True, slots=True)
class Either:
    """One of several shapes, told apart by being a value, a list or a map."""

    shapes: tuple[Shape, ...]


Shape = Word | ListOf | MapOf | Table | Either


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its shape, whether it is needed, what it means in Chinese and English."""

    name: str
    shape: Shape
    zh: str
    en: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of map: what it is, and its keys."""

    name: str
    zh: str
    en: str
    keys: tuple[Key, ...]
    by_name: dict[str, Key] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {k.name: k for k in self.keys})


NAME, PATH, LINE, TEXT = Word("name"), Word("path"), Word("line"), Word("text")
EXPRESSION, DAY, INTEGER, YES = Word("expression"), Word("day"), Word("integer"), Word("boolean")
NAMES = ListOf(NAME)
LINES = ListOf(LINE)
VALUE = Word("value")

_TITLE = Key("title", LINE, "中文名称，人人所见", "its name in Chinese, as people see it", True)
_TITLE_EN = Key("title_en", LINE, "英文名称", "its name in English")
_ALSO = Key("also", LINES, "别名，如表头所写", "synonyms, as heads of sheets write them")
_FIELDS = Key(
    "fields", MapOf(Either((NAME, Table("field")))), "字段：写字典中的名称，或就地定义", "fields: a name of the dictionary, or a definition"
)
_CHECK = Key(
    "check",
    Either((EXPRESSION, Table("check"), ListOf(Either((EXPRESSION, Table("check")))))),
    "须成立的条件；结果未知（缺值）不算违反",
    "what must hold; unknown (a value is absent) is no breach",
)
_REVIEW = Key(
    "review",
    Word("line", LEVELS),
    "由哪一级复核后才算数；缺省用专项的规定",
    "entries wait for a reviewer of this level; the pack's rule if absent",
)
_RETAIN = Key("retain_until", Table("retain"), "个人信息至少保存到何时", "until when personal values are kept")
_ENDED = Key("ended", DAY, "自该日起停用；旧条目不受影响", "no longer used from this day; old entries stand")
_UNIT = Key("unit", LINE, "单位，如 元、片、公顷、元/盒", "the unit")
_ONCE = Key(
    "once", ListOf(PATH), "这些值都相同的条目是同一件事，第二次不再记", "entries equal in all of these are one and the same, recorded once"
)
_CLOSES = Key("closes", NAMES, "结束同一对象这些事项的未了条目", "ends the open entries of these events about the same record")

_MUST_CLOSE = Key(
    "must_close", YES, "没有可结束的未了条目就退回", "refused where there is no open entry for it to end"
)

SECTIONS: dict[str, Section] = {
    s.name: s
    for s in (
        Section(
            "pack",
            "pack.yaml：一个专项",
            "pack.yaml: one programme",
            (
                Key("pack", NAME, "专项的名称，与文件夹同名", "the name, the same as the folder's", True),
                _TITLE,
                _TITLE_EN,
                Key("office", LINE, "主管单位", "the office that runs it", True),
                Key("about", TEXT, "一段说明", "a few sentences about it"),
                _REVIEW,
                _RETAIN,
                Key("registers", MapOf(Table("register")), "名录", "registers"),
                Key("accounts", MapOf(Table("account")), "单个账户，如 已用完", "single named accounts, such as used up"),
                Key("items", MapOf(Table("item")), "物项；资金 money 已内置", "items; money is built in"),
                Key(
                    "parameters",
                    MapOf(Table("parameter")),
                    "有起始日期和依据的数值",
                    "values with from-dates and the document that set them",
                ),
                Key("events", MapOf(Table("event")), "事项", "events"),
                Key("transfers", MapOf(Table("transfer")), "划转与借还", "transfers and loans"),
                Key("indicators", MapOf(Table("indicator")), "指标", "indicators"),
            ),
        ),
        Section(
            "fields",
            "fields.yaml：数据元字典",
            "fields.yaml: the field dictionary",
            (Key("fields", MapOf(Table("field")), "每个字段只定义一次", "each field, once", True),),
        ),
        Section(
            "register",
            "名录：一类对象；也可作账户",
            "A register: a kind of thing; it may hold items",
            (
                _TITLE,
                _TITLE_EN,
                Key(
                    "extends",
                    NAME,
                    "在哪个名录之上：同一对象，只加字段，不留副本",
                    "the register it adds fields to: the same record, no copy",
                ),
                Key("key", NAMES, "识别对象的字段", "the fields that identify a record"),
                Key(
                    "unique",
                    ListOf(Either((NAME, ListOf(NAME)))),
                    "两个对象不得相同的字段；几个字段合起来不得相同的，另写成一组",
                    "fields that no two records have the same value of; a list within the list is a set that is not the same as a whole",
                ),
                _FIELDS,
                Key("holds", NAMES, "可存放的物项", "the items it can hold"),
                Key("outside", YES, "账外的来源或去向，结存不设下限", "a source or sink outside: no floor to its balance"),
                _CHECK,
                _REVIEW,
                _RETAIN,
                _ENDED,
            ),
        ),
        Section(
            "account",
            "单个账户",
            "A single named account",
            (
                _TITLE,
                _TITLE_EN,
                Key("holds", NAMES, "可存放的物项", "the items it can hold", True),
                Key("outside", YES, "账外的来源或去向，结存不设下限", "a source or sink outside: no floor to its balance"),
                _ENDED,
            ),
        ),
        Section(
            "item",
            "物项：划转的东西，以最小单位的整数记账",
            "An item: what moves, counted in whole smallest parts",
            (
                _TITLE,
                _TITLE_EN,
                Key("unit", LINE, "最小单位，如 片、册、个", "its smallest part", True),
                Key(
                    "of",
                    NAME,
                    "名录中每个对象各是一个物项，如药品批次、图书复本",
                    "each record of this register is an item of its own: a batch, a copy",
                ),
                Key(
                    "units",
                    MapOf(Word("size"), "text"),
                    "较大的单位合多少最小单位：整数，或名录中的整数字段",
                    "larger units: how many smallest parts, a whole number or an integer field of the register",
                ),
                Key(
                    "expires",
                    NAME,
                    "名录中的有效期字段；过期后只能退出",
                    "the date field after which it may only leave for an outside account",
                ),
                Key("single", YES, "每个只有一件", "there is one of each"),
                _ENDED,
            ),
        ),
        Section(
            "field",
            "字段（数据元）",
            "A field",
            (
                Key("field", NAME, "取字典中的该字段，再改下列各项", "take this field of the dictionary, then change what follows"),
                Key("title", LINE, "中文名称；就地定义时必写", "its name in Chinese; needed in a definition"),
                _TITLE_EN,
                _ALSO,
                Key("type", Word("line", tuple(TYPES)), "类型；就地定义时必写", "its type; needed in a definition"),
                _UNIT,
                Key("places", INTEGER, "小数位数", "digits after the point"),
                Key("min", Word("limit"), "下限（含）；日期可写 today", "the least value; for days also `today`"),
                Key("max", Word("limit"), "上限（含）；日期可写 today", "the greatest value; for days also `today`"),
                Key("length", INTEGER, "文字最长多少字", "the most characters of a text"),
                Key("choices", LINES, "可选的值", "the values to choose from"),
                Key("of", NAME, "引用哪个名录的对象", "the register a record reference points into"),
                Key("required", YES, "必填", "must be there"),
                Key("personal", YES, "个人信息，录入时加密", "personal: sealed at entry"),
                Key("open", YES, "文字可公开，不加密", "a text that is not sealed"),
                Key("computed", EXPRESSION, "由其他字段算出，无人填写", "computed from other fields, typed by nobody"),
                _ENDED,
            ),
        ),
        Section(
            "event",
            "事项：某日某地发生的事",
            "An event: this happened on a day at a place",
            (
                _TITLE,
                _TITLE_EN,
                Key("about", NAME, "关于哪个名录的对象", "the register of the record it is about"),
                _FIELDS,
                _CHECK,
                _ONCE,
                _CLOSES,
                _MUST_CLOSE,
                _REVIEW,
                _RETAIN,
                _ENDED,
            ),
        ),
        Section(
            "transfer",
            "划转：物项从一个账户到另一个账户",
            "A transfer: an item moves from one account to another",
            (
                _TITLE,
                _TITLE_EN,
                Key("item", NAME, "物项；归还（returns）由原划转得出", "the item; a return takes it from its loan"),
                Key("from", NAME, "转出的名录或账户", "the register or account it leaves"),
                Key("to", NAME, "转入的名录或账户", "the register or account it enters"),
                _FIELDS,
                _CHECK,
                Key("loan", Table("loan"), "有归还期限的借出", "a loan: there is a day by which it is due back"),
                Key("returns", NAME, "归还哪一种借出", "the loan it gives back"),
                Key("limit", Either((Table("limit"), ListOf(Table("limit")))), "一段时间内的限量", "the most within a span of days"),
                _ONCE,
                _CLOSES,
                _REVIEW,
                _RETAIN,
                _ENDED,
            ),
        ),
        Section(
            "loan",
            "借期规则；式中可用物项和借入方的字段、参数",
            "The rules of a loan; its expressions see the item's and the borrower's fields and the parameters",
            (
                Key("days", EXPRESSION, "借期（日）", "days until due", True),
                Key("renewals", EXPRESSION, "可续借次数；缺省 0", "how often it may be renewed; 0 if absent"),
                Key("renew_days", EXPRESSION, "每次续借的天数；缺省同借期", "days of a renewal; as `days` if absent"),
                Key(
                    "queue",
                    NAME,
                    "预约事项；有人等候时不得续借，归还后先留给先约者",
                    "the hold event; while somebody waits there is no renewal, and the first to wait is served first",
                ),
            ),
        ),
        Section(
            "limit",
            "限量",
            "A limit over a span of days",
            (
                Key("most", EXPRESSION, "最多多少（物项的单位）", "the most, in the item's unit", True),
                Key("per", ListOf(PATH), "分别计算的依据，如 target、batch.drug", "counted apart for each of these, such as target", True),
                Key("days", EXPRESSION, "多少日之内", "within so many days", True),
                Key("say", LINE, "超限时的提示", "what to say when it is passed", True),
                Key("say_en", LINE, "英文提示", "the same in English"),
            ),
        ),
        Section(
            "check",
            "条件及其提示",
            "A condition and what to say when it fails",
            (
                Key("that", EXPRESSION, "须成立的条件", "what must hold", True),
                Key("say", LINE, "不成立时对经办人说的话", "what to tell the clerk when it does not", True),
                Key("say_en", LINE, "英文提示", "the same in English"),
            ),
        ),
        Section(
            "retain",
            "保存期",
            "A time of retention",
            (
                Key("years", INTEGER, "年数", "years", True),
                Key("after", NAME, "起算：day（条目的日期）或日期字段", "counted from `day` (of the entry) or a date field", True),
            ),
        ),
        Section(
            "parameter",
            "参数：按日期生效的数值",
            "A parameter: values by date",
            (
                _TITLE,
                _TITLE_EN,
                Key("type", Word("line", ("integer", "decimal", "money", "percent")), "类型", "its type", True),
                _UNIT,
                Key("places", INTEGER, "小数位数", "digits after the point"),
                Key("by", ListOf(PATH), "随哪些选项字段而不同，如 reader.kind", "choice fields its value depends on, such as reader.kind"),
                Key("values", ListOf(Table("value")), "各时期的值，按起始日期先后", "its values, by from-date", True),
            ),
        ),
        Section(
            "value",
            "一个时期的值",
            "The value of a time",
            (
                Key("from", DAY, "自该日起", "from this day", True),
                Key(
                    "value",
                    Either((Word("value"), MapOf(Either((Word("value"), MapOf(Word("value"), "text"))), "text"))),
                    "值；有 by 时逐项写明",
                    "the value; with `by`, one for each choice",
                    True,
                ),
                Key("set_by", LINE, "依据的文件", "the document that set it", True),
            ),
        ),
        Section(
            "indicator",
            "指标",
            "An indicator",
            (
                _TITLE,
                _TITLE_EN,
                _ALSO,
                Key("unit", LINE, "单位", "its unit", True),
                Key(
                    "from",
                    NAME,
                    "由哪种条目或名录算出；不写则由其他指标算出",
                    "the event, transfer or register it is computed from; other indicators if absent",
                ),
                Key("value", EXPRESSION, "算式，如 sum(quantity)、count()", "the expression, such as sum(quantity) or count()", True),
                Key("where", EXPRESSION, "只算符合条件的", "only what fulfils this"),
                Key("by", ListOf(PATH), "可按哪些字段分组", "fields it can be broken down by"),
                Key(
                    "kind",
                    Word("line", ("flow", "stock")),
                    "flow 时期数（缺省）或 stock 时点数",
                    "flow over a period (if absent) or stock at a day",
                ),
                Key("places", INTEGER, "显示的小数位数", "digits after the point when shown"),
                _ENDED,
            ),
        ),
        Section(
            "case",
            "cases/*.yaml：一个用例，用办事的话写",
            "cases/*.yaml: one case, in the words of the office",
            (
                Key("case", LINE, "用例名称", "its title", True),
                Key(
                    "kind",
                    Word("line", ("first_day", "wrong", "correction", "other")),
                    "首日、错误、更正或其他",
                    "which of the acts it shows",
                    True,
                ),
                Key("place", LINE, "地点：代码或县级以上名称", "the place, by code or name", True),
                Key("today", DAY, "办理当天", "the day it is done", True),
                Key("steps", ListOf(Table("step")), "依次办理的事", "what is done, in order", True),
                Key("then", Table("then"), "办完之后应当看到的", "what must be seen afterwards"),
            ),
        ),
        Section(
            "step",
            "一步",
            "One step",
            (
                Key("do", Word("line", ACTS), "做什么", "the act", True),
                Key("what", LINE, "哪一种：名称或中文名称", "the register, event or transfer, by name or title"),
                Key("as", LINE, "给这一步起的名字，供以后引用", "a name for this step, to refer to it later"),
                Key("record", LINE, "对象：登记时起名，以后引用", "the record: named when registered, referred to afterwards"),
                Key("day", DAY, "发生的日期；缺省为当天", "the day it was true; today if absent"),
                Key("place", LINE, "地点；缺省同用例", "the place; as the case if absent"),
                Key(
                    "values",
                    MapOf(Either((VALUE, ListOf(VALUE))), "text"),
                    "各字段的值，按中文名称或名称",
                    "values by the titles or names of fields",
                ),
                Key("item", LINE, "物项：对象（批次、复本）或物项名称", "the item: a record (batch, copy) or an item's name"),
                Key("from", LINE, "转出账户", "the account it leaves"),
                Key("to", LINE, "转入账户", "the account it enters"),
                Key("quantity", LINE, "数量和单位，如 2盒", "quantity and unit, such as 2盒"),
                Key("of", LINE, "针对以前的哪一步（归还、续借、红冲、接受、退回）", "the earlier step it is about"),
                Key("why", LINE, "红冲或退回的原因", "the reason of a strike or return"),
                Key("restate", Table("step"), "红冲的同时重记", "restated in the same act"),
                Key("refused", LINE, "应被拒绝，提示中含这些字", "it must be refused, with these words in the message"),
                Key("exists", YES, "应认出是同一件事，不再记", "it must be recognised as recorded before"),
            ),
        ),
        Section(
            "then",
            "结果",
            "What must be seen",
            (
                Key("balances", ListOf(Table("balance")), "结存", "balances"),
                Key("records", ListOf(Table("seen")), "登记内容", "values of records"),
                Key("due", ListOf(Table("due")), "应还日期和是否逾期", "loans: when due, and whether overdue"),
                Key("figures", ListOf(Table("figure")), "指标的数", "figures"),
            ),
        ),
        Section(
            "balance",
            "一笔结存",
            "A balance",
            (
                Key("account", LINE, "账户", "the account", True),
                Key("item", LINE, "物项", "the item", True),
                Key("quantity", LINE, "数量和单位", "quantity and unit", True),
            ),
        ),
        Section(
            "seen",
            "一个对象的内容",
            "The values of a record",
            (
                Key("record", LINE, "对象", "the record", True),
                Key("values", MapOf(Either((VALUE, ListOf(VALUE))), "text"), "各字段的值", "its values", True),
            ),
        ),
        Section(
            "due",
            "一笔借出",
            "A loan",
            (
                Key("of", LINE, "哪一步借出", "the step that lent it", True),
                Key("day", DAY, "应还日期", "the day it is due", True),
                Key("overdue_on", DAY, "该日已逾期", "on this day it is overdue"),
            ),
        ),
        Section(
            "figure",
            "一个数",
            "A figure",
            (
                Key("indicator", LINE, "指标：名称、中文名称或别名", "the indicator, by name, title or synonym", True),
                Key("period", LINE, "时期：2022、2022-Q4、2022-12 或一天", "2022, 2022-Q4, 2022-12 or a day", True),
                Key("of", MapOf(LINE, "text"), "分组的值", "the values it is broken down by"),
                Key("value", LINE, "应为多少；未知写 无", "the value, or 无 for not known", True),
            ),
        ),
    )
}
