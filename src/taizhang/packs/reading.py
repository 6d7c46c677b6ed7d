"""YAML read without surprises: text, lists and maps that know file, line and key, and nothing else.

The parser's events are read directly. Nothing is built that the file does not spell out: no tags, no
anchors or aliases, no merge keys, no second document. A plain `no`, `010` or `12:30` stays the text it
is; what a value means is decided by the key it stands under.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from taizhang.packs.problems import At, PackProblem, Pair, problem, shown

LARGEST_FILE = 1_000_000
DEEPEST = 30
LONGEST_TEXT = 20_000
LONGEST_KEY = 100
MOST_NODES = 50_000
# Marks that make a line read in another order than it is stored.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


@dataclass(frozen=True, slots=True)
class Node:
    """A text, a list or a map of the file, and where it stands.

    `lost` are keys the file has but that were taken out for their shape: told once, not missed a second time.
    """

    at: At
    value: str | tuple[Node, ...] | Mapping[str, Node]
    lost: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The text of a scalar; empty for a list or a map."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def items(self) -> tuple[Node, ...]:
        """The members of a list; a single value is a list of one."""
        if isinstance(self.value, tuple):
            return self.value
        return () if isinstance(self.value, Mapping) else (self,)

    @property
    def entries(self) -> Mapping[str, Node]:
        """The entries of a map; empty for anything else."""
        return self.value if isinstance(self.value, Mapping) else {}

    def get(self, key: str) -> Node | None:
        """The value of a key of a map."""
        return self.entries.get(key)

    def lacks(self, key: str) -> bool:
        """True when the file says nothing under this key, not even something wrong."""
        return key not in self.entries and key not in self.lost

    def word(self, key: str) -> str | None:
        """The text of a key of a map; None where the key is absent."""
        node = self.get(key)
        return None if node is None else node.text

    def plain(self) -> Any:
        """The bare content: str, list and dict."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, tuple):
            return [n.plain() for n in self.value]
        return {k: n.plain() for k, n in self.value.items()}


class _Refused(Exception):
    def __init__(self, found: PackProblem) -> None:
        self.problem = found


def read_yaml(data: bytes, file: str) -> tuple[Node | None, list[PackProblem]]:
    """The tree of a file's bytes, or None and why it cannot be read."""
    reader = _Reader(file)
    try:
        return reader.read(_decoded(data, At(file))), reader.problems
    except _Refused as refused:
        return None, [*reader.problems, refused.problem]
    except (yaml.YAMLError, RecursionError) as error:
        return None, [*reader.problems, _syntax(error, file)]


def _decoded(data: bytes, at: At) -> str:
    if len(data) > LARGEST_FILE:
        raise _refused(
            at,
            (f"文件 {len(data)} 字节", f"{len(data)} bytes"),
            ("不超过 1 MB", "at most 1 MB"),
            ("请拆分或删减。", "Split or shorten it."),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = (f"第 {error.start + 1} 个字节不是 UTF-8", f"byte {error.start + 1} is not UTF-8")
        raise _refused(at, found, ("UTF-8 编码的文本", "text in UTF-8"), ("请另存为 UTF-8。", "Save it as UTF-8.")) from None
    if "\0" in text:
        raise _refused(at, ("二进制内容", "binary content"), ("YAML 文本", "YAML text"), ("请核对文件。", "Look at the file."))
    if turned := TURNING.search(text):
        line = text.count("\n", 0, turned.start()) + 1
        found = (f"隐藏的方向控制符 U+{ord(turned[0]):04X}", f"a hidden direction mark U+{ord(turned[0]):04X}")
        raise _refused(At(at.file, line), found, ("可见的文字", "visible text"), ("请删除它。", "Delete it."))
    return unicodedata.normalize("NFC", text)


def _refused(at: At, found: Pair, expected: Pair, do: Pair) -> _Refused:
    return _Refused(problem(at, found, expected, do))


def _syntax(error: Exception, file: str) -> PackProblem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = shown(str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"))
    line = mark.line + 1 if mark else 0
    return problem(
        At(file, line),
        (f"不是合法的 YAML（{said}）", f"not YAML ({said})"),
        ("YAML 文本", "YAML text"),
        ("请检查本行及上一行的缩进、冒号、引号和括号。", "Look at indents, colons, quotes and brackets of this line and the one above."),
    )


class _Reader:
    """Builds nodes from the parser's events, refusing what a pack has no use for."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[PackProblem] = []
        self.nodes = 0
        self.events: Iterator[Any] = iter(())

    def read(self, text: str) -> Node:
        self.events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        self._next()
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            raise _refused(
                At(self.file),
                ("空文件", "an empty file"),
                ("专项的定义", "the definition of a pack"),
                ("请从模板开始。", "Start from the template."),
            )
        if start.version or start.tags:
            raise self._no(start, "%YAML / %TAG", "%YAML / %TAG", At(self.file))
        root = self._node(self._next(), At(self.file, 1), 0)
        self._next()
        if not isinstance(after := self._next(), yaml.StreamEndEvent):
            raise self._no(after, "第二个文档（---）", "a second document (---)", At(self.file))
        return root

    def _next(self) -> Any:
        return next(self.events)

    def _no(self, event: Any, zh: str, en: str, at: At) -> _Refused:
        spot = At(self.file, event.start_mark.line + 1, at.key)
        return _refused(
            spot,
            (f"不允许{zh}", f"{en} is not allowed"),
            ("文字、列表和键值", "text, lists and keys"),
            ("请直接写出内容。", "Write the content out."),
        )

    def _node(self, event: Any, at: At, depth: int) -> Node:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self._no(event, f"超过 {MOST_NODES} 个值", f"more than {MOST_NODES} values", at)
        if depth > DEEPEST:
            raise self._no(event, f"超过 {DEEPEST} 层嵌套", f"nesting deeper than {DEEPEST}", at)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._no(event, "锚点和引用（& *）", "an anchor or alias (& *)", at)
        if event.tag:
            raise self._no(event, f"标签 {shown(event.tag)}", f"the tag {shown(event.tag)}", at)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, at)
        return self._list(at, depth) if isinstance(event, yaml.SequenceStartEvent) else self._map(at, depth)

    def _scalar(self, event: Any, at: At) -> Node:
        if len(event.value) > LONGEST_TEXT:
            raise self._no(event, f"超过 {LONGEST_TEXT} 字的文字", f"a text longer than {LONGEST_TEXT}", at)
        return Node(at, event.value.strip())

    def _list(self, at: At, depth: int) -> Node:
        out: list[Node] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            out.append(self._node(event, at.under(f"[{len(out)}]", event.start_mark.line + 1), depth + 1))
        return Node(at, tuple(out))

    def _map(self, at: At, depth: int) -> Node:
        out: dict[str, Node] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, at)
            spot = at.under(key, event.start_mark.line + 1)
            node = self._node(self._next(), spot, depth + 1)
            if key in out:
                self.problems.append(_twice(spot, key, out[key].at.line))
            else:
                out[key] = node
        return Node(at, out)

    def _key(self, event: Any, at: At) -> str:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise self._no(event, "锚点、引用或标签作键", "an anchor, alias or tag as key", at)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._no(event, "列表或键值作键", "a list or map as key", at)
        if event.value == "<<" and not event.style:
            raise self._no(event, "合并键 <<", "the merge key <<", at)
        if not 0 < len(event.value) <= LONGEST_KEY:
            raise self._no(event, f"空的或超过 {LONGEST_KEY} 字的键", f"a key that is empty or longer than {LONGEST_KEY}", at)
        return str(event.value)


def _twice(at: At, key: str, first: int) -> PackProblem:
    return problem(
        at,
        (f"键 {shown(key)} 写了两次（前一次在第 {first} 行）", f"the key {shown(key)} stands twice (first on line {first})"),
        ("每个键只写一次", "each key once"),
        ("请删去一个，或换一个名称。", "Delete one, or rename it."),
    )
