"""The words by which Chinese prose ties one number to another.

Each pattern is matched against the few words before or after a quantity (`Mention.lead`, `tail`,
`clause`). They are words of the language, not of one text; add here, not in a rule.
"""

from __future__ import annotations

import re

from taizhang.claims.scene import Mention

UP = (
    "增长|增加|扩招|扩编|涨价|提价|增[收产效支亏耗]|提高|提升|上升|上涨|上扬|上浮|上调|扩大|扩增|扩充|拓展|攀升|回升|升高|猛增|激增|剧增|剧涨|净增|递增|增多|延长|拉长|"
    "加快|多完成|多收入|多投入|多接待|多生产|多种植|多增|增幅|增速|涨幅|升幅|跃升|高出|多出|多了|翻了?|增|升|涨|多|高|快"
)
DOWN = (
    "下降|减少|降低|下滑|回落|下跌|下调|下浮|缩短|缩小|缩减|压减|压缩|压降|精简|核减|削减|裁减|收窄|减轻|递减|锐减|骤减|骤降|"
    "少完成|少收入|少投入|少接待|少支出|降幅|减幅|跌幅|降价|减[贫排负产支收亏耗员]|少了|节约|节省|节[水电能支油煤]|省[时电水]|减|降|跌|缩|少|低|慢"
)
NEUTRAL = "调整|变|改|发展|转|合并|优化|变更|改建|改造|更新"

# The words that may stand between the verb of a change and its size.
LINK = r"(?:了|幅度?|率|比例|额|量|达到?|高达|为|是|有|约|近|超过?|逾|整整|将近|仅|只有|至少|足足|，)*"
CHANGE = re.compile(rf"(?:(?P<up>{UP})|(?P<down>{DOWN})){LINK}$")
# 48%的降幅, 13.4个百分点的跨越: the change is named after its size.
CHANGED = re.compile(
    r"的(?:同比|年均|环比|平均)?(?:(?P<up>增长|增幅|涨幅|升幅|增速|提升|提高|上升|上涨|跨越|跃升|飞跃)|(?P<down>降幅|减幅|跌幅|下降|降低|减少|缩减))"
)
# 增加到, 减至, 精简为, 提高到了; the time of the end may follow: 增加到2012年的.
TO = re.compile(rf"(?:(?P<up>{UP})|(?P<down>{DOWN})|{NEUTRAL})(?:了)?(?:到|至|(?<![幅速率])为|成)(?:了)?(?P<when>[^，,；;]{{0,12}}?)$")
REACH = re.compile(r"(?:达到|达|到|至|变为|升至|降至)(?:了)?(?P<when>[^，,；;]{0,10}?)$")
FROM = re.compile(r"(?:由|从|自(?=[\d去上前今原最开]|$))(?P<when>[^，,；;]{0,16})$")
THAN = re.compile(r"(?:比|较|相比于?|相较于?|对比|与|同)(?P<when>[^，,；;]{0,14}?)的?$")
# 是上年的1.5倍; 是上年2261人的1.5倍, where the value before stands inside.
AS_MANY = re.compile(r"(?:是|为|达|相当于|等于|达到|到|至)(?P<of>[^，,；;是为]{0,14})的?$")

PAST = re.compile(r"去年|上年|上一年|(?<!目)前年|上月|上季度|同期|此前|之前|以前|原来|原有|原先|原|过去|年初|改革前|改造前|整治前|初期|当初|起初|最初")
NOW = re.compile(r"今年|本年|本月|目前|现在|如今|现有|现已|现|当前|年末|年底|改革后|改造后|整治后|截至|已")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
SPAN_OF_YEARS = re.compile(r"(?<![\d第十近])(\d{1,2}|[一二两三四五六七八九十]{1,2})年(?:来|间|内|中|里|时间|以来|累计|期间|，)?")
YEARLY = re.compile(r"年均|年平均|平均每年|每年平均|每年|逐年|年复合|年递增")
AVERAGE = re.compile(r"平均|人均|户均|村均|日均|月均|年均|周均|均")
# Growth at constant prices, or of another scope, is not the growth of the printed ends.
OTHER_BASIS = re.compile(
    r"生产总值|固定资产投资|社会消费品零售|GDP|ＧＤＰ|增加值|实际增|实际年|实际提|实际下|可比|同口径|不变价|扣除|剔除|折算|经济总量|(?:农业|牧渔业|工业)总产值"
)

FILLER = re.compile(
    r"(?:与|和|同)?(?:同比|环比|(?:比|较)(?:上年|去年|上月|年初)(?:同期|末|底|度)?|"
    r"(?:比|较)(?:19|20)\d{2}年(?:同期|末|底)?|(?:比|较)(?:原来|此前|之前|以前|过去|同期|改革前|改造前|整治前|前期|建设前|前五年|此)|"
    r"累计|总共|一共|合计|总计|共|净|实现|分别|大幅度?|显著|明显|进一步|又|再|总体|整体|期间|短短|即|正好|恰好|刚好|整整|也就是说?|相当于|足足|直接|均|都|"
    r"较|比|其|平均|年均|每年|逐年|年平均|名义|同时|幅度|一年|一年来|全年|上半年|下半年|(?:19|20)\d{2}年|\d{1,2}年(?:间|来|内)?|[一二两三四五六七八九十]年(?:间|来|内)?|"
    r"仅|而|则|已|并|也|数量|总量|规模(?!企业|以上)|只有|总数|人数|数额|上|的|了|呈|出现|前后|数|相比|后|在此基础上|基础上|，|,|：|是|约|近|超过|达到?|为|有所)"
)


def filler_free(words: str) -> str:
    """The words without those that only carry a number: what is left names something."""
    return FILLER.sub("", words).strip()


# Words of a change that say nothing of its direction.
EITHER_WAY = re.compile(rf"(?:改善|优化|变化|变动|相差|浮动){LINK}$")
# 比上年多造, 少发: 多 or 少 with the verb of what is counted.
COUNTED_MORE = re.compile(r"(?:^|(?:比|较)[^，]{0,12})(?:(?P<up>多)|(?P<down>少))[^\W\d名个种项次位条家元年人样头只台辆]$")


def change_of(m: Mention) -> str | None:
    """up or down when the mention is the size of a change, else None."""
    if TO.search(m.lead):
        return None
    found = CHANGE.search(m.lead) or CHANGED.match(m.tail) or COUNTED_MORE.search(m.lead)
    if found:
        return "up" if found["up"] else "down"
    if m.is_percent and EITHER_WAY.search(m.lead):
        return "either"
    if m.q.unit_text == "番" or m.q.surface.startswith("翻"):
        return "up"
    return m.q.direction if m.q.role == "change" else None


def change_subject(m: Mention) -> str:
    """What the words before a change name as growing; empty when they leave it to the sentence."""
    found = CHANGE.search(m.lead) or EITHER_WAY.search(m.lead) or COUNTED_MORE.search(m.lead)
    return filler_free(m.lead[: found.start()] if found else m.lead)
