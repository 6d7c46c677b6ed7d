"""Every word the commands say, in Chinese and English, in one place."""

from __future__ import annotations

from typing import Any

LANGS = ("zh", "en")
WORDS: dict[str, tuple[str, str]] = {
    # classes of finding
    "contradiction": ("矛盾", "contradiction"),
    "query": ("请核", "query"),
    "note": ("提示", "note"),
    # roles and directions
    "level": ("水平", "level"),
    "rate": ("速率", "rate"),
    "rank": ("位次", "rank"),
    "change": ("变化", "change"),
    "before": ("变化前", "before"),
    "after": ("变化后", "after"),
    "up": ("增", "up"),
    "down": ("减", "down"),
    "per": ("每{per}", "per {per}"),
    # parts of a page
    "untitled": ("（无题）", "(untitled)"),
    "article": ("《{title}》", "“{title}”"),
    "byline": ("署名：{byline}", "By {byline}"),
    "byline guess": ("（推定）", " (presumed)"),
    "missing": ("缺：{parts}", "Missing: {parts}"),
    "missing start": ("开头", "the start"),
    "missing middle": ("中间", "the middle"),
    "missing end": ("结尾", "the end"),
    "unplaced": ("未能归入任何一篇的文字（{n} 处）", "Text that belongs to no article ({n})"),
    "seams": ("‖ 接缝：确定　？ 接缝：推定", "‖ a sure join   ？ a guessed join"),
    "where": ("{article}{places}", "{article} {places}"),
    "paragraph": ("第{n}段", "paragraph {n}"),
    "title": ("标题", "title"),
    "heading": ("小标题", "heading"),
    "elsewhere": ("文外", "outside the text"),
    # summary lines
    "articles": ("{n} 篇", "articles: {n}"),
    "quantities": ("读出 {n} 个数量", "quantities read: {n}"),
    "count": ("{name} {n}", "{name}: {n}"),
    "file": ("{name}：", "{name}: "),
    "list": ("，", ", "),
    "and": ("、", ", "),
    "stop": ("。", "."),
    "semicolon": ("；", "; "),
    "no quantities": ("没有读到数量。", "No quantities here."),
    "nothing": ("没有发现对不上的地方。", "Nothing found that cannot be right."),
    "quiet": ("其余 {n} 篇没有发现。", "Nothing found in the other articles ({n})."),
    "look first": ("先看矛盾：{places}。", "Look first at the contradictions: {places}."),
    "look then": ("再核：{places}。", "Then check: {places}."),
    "look only": ("请核：{places}。", "Please check: {places}."),
    "look missing": (
        "版面缺文，缺处前后只能存疑：{places}。",
        "Text is missing from the page, so nothing is certain around the gaps: {places}.",
    ),
    "look report": ("要看带批注的全文，加 --html 报告.html。", "For the full text with its notes, add --html report.html."),
    "batch": ("共 {files} 个文件", "Files: {files}"),
    "written": ("报告已写入 {path}", "Report written to {path}"),
    "skipped": (
        "文件夹中另有 {n} 个文件不是 .txt .docx .pdf，没有读。",
        "{n} more in the folder are not .txt, .docx or .pdf and were not read.",
    ),
    "reading": ("在读 {name}", "Reading {name}"),
    # what a finding says
    "printed": ("文中：{text}", "Printed: {text}"),
    "follows": ("推得：{text}", "Follows: {text}"),
    "miss": ("相差：{text}", "Apart by: {text}"),
    "fact printed": ("文中", "printed"),
    "fact follows": ("推得", "follows"),
    "fact miss": ("相差", "apart by"),
    # heads of the table of quantities
    "head before": ("上文", "before"),
    "head quantity": ("数量", "quantity"),
    "head after": ("下文", "after"),
    "head range": ("读作", "reads as"),
    "head unit": ("单位", "unit"),
    "head role": ("类", "role"),
    "head subject": ("说的是", "subject"),
    "head place": ("地点", "place"),
    "head time": ("时间", "time"),
    # troubles
    "interrupted": ("已中断。", "Interrupted."),
    "fault": (
        "本程序出错，不怪文件：{what}（{where}）。请把这一行连同文件报给维护者；加 --debug 可见全部经过。",
        "A fault of the program, not of your file: {what} ({where}). Please report this line with the file; --debug shows more.",
    ),
    # a command typed wrongly
    "usage command": ("没有“{name}”这个命令，只有 {names}。", "No command “{name}”; there are {names}."),
    "usage missing": ("缺少 {name}。", "{name} is missing."),
    "usage option": ("没有 {name} 这个选项。", "No option {name}."),
    "usage value": ("选项 {name} 缺少内容，或不该带内容。", "The option {name} lacks its value or takes none."),
    "usage lang": ("没有“{value}”这种语言，只有 {names}。", "No language “{value}”; there are {names}."),
    "usage word": ("没有“{value}”这一种，只有 {names}。", "No “{value}”; there are {names}."),
    "usage number": ("“{value}”不是 1 以上的整数。", "“{value}” is no whole number from 1 up."),
    "usage day": ("“{value}”不是日期，应如 2023-01-05。", "“{value}” is no date; write it like 2023-01-05."),
    "usage mend": ("--mend 与 --mine --state returned 一起用。", "--mend goes with --mine --state returned."),
    "usage set": ("--set 写作 表头=值，只用于 CNMARC 文件。", "--set HEAD=VALUE is for a CNMARC file."),
    "usage reveal": ("--reveal 要写明是哪个对象。", "--reveal needs a record."),
    "usage which": ("请写待审号，或用 --all，二者取一。", "Give numbers or --all, one of the two."),
    "usage blind": ("目前只有 --blind 一种导出，请写明。", "There is only the blind export: say --blind."),
    "usage erase": ("请写要抹除的对象，或用 --unused，二者取一。", "Name what is to be erased, or use --unused, one of the two."),
    "usage end": ("请写一个：登录名、--duty 或 --delegation。", "Name one: a login, --duty or --delegation."),
    "usage one": ("--json 与 --html 只能用一个。", "Use one of --json and --html."),
    "usage more": ("参数太多。", "Too many arguments."),
    "usage help": ("用法", "Usage"),
    # the report
    "report title": ("台账 · 校核报告", "Taizhang · check report"),
    "contents": ("目录", "Contents"),
    "legend": ("图例", "Legend"),
    "legend quantity": ("读出的数量（读法列在各篇之后）", "a quantity read (how, is listed after each article)"),
    "legend contradiction": ("矛盾：这些数量不能同时为真", "contradiction: these quantities cannot all be right"),
    "legend query": ("请核：文中不足以断定，请人核对", "query: the text cannot decide it; please check"),
    "legend note": ("提示：算得的数量，或前后写法不一", "note: a derived quantity, or one thing written in two ways"),
    "legend seam": ("‖ 接缝确定　？ 接缝推定", "‖ a sure join   ？ a guessed join"),
    "reads": ("读作 {value}", "reads as {value}"),
    "readings": ("各数量的读法（{n} 个）", "How the quantities were read ({n})"),
    "seam sure": ("接缝：确定", "a sure join"),
    "seam gap": ("此处缺文", "text is missing here"),
    "seam guess": ("接缝：推定", "a guessed join"),
    "articles head": ("篇", "articles"),
    "quantities head": ("数量", "quantities"),
    "contradiction head": ("矛盾", "contradictions"),
    "query head": ("请核", "queries"),
    "note head": ("提示", "notes"),
    "no findings": ("没有发现", "nothing found"),
    "footer": (
        "台账 {version} 校核。只看文中各数量能否同时为真，不核对文外事实；“矛盾”指任何取值都不能相合。",
        "Checked by Taizhang {version}. It asks only whether the quantities of a text can all be right, not whether they are true.",
    ),
    "top": ("回到页首", "Back to top"),
}


def say(lang: str, key: str, **facts: Any) -> str:
    """The words of `key` in `lang` (zh or en), with the facts filled in."""
    words = WORDS[key][lang == "en"]
    return words.format(**facts) if facts else words
