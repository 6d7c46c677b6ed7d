"""`unique:`: what no two records of a register may have the same, as a pack says it."""

from __future__ import annotations

from collections.abc import Iterator

from taizhang.packs.model import Pack, Register
from taizhang.packs.naming import spot
from taizhang.packs.problems import At, PackProblem, Pair, problem, unknown
from taizhang.packs.reading import Node

MEND = ("请改正。", "Mend it.")


def uniques(pack: Pack, root: Node) -> Iterator[PackProblem]:
    """Every set that cannot be kept apart."""
    for name, register in pack.registers.items():
        at = spot(root, "registers", name, "unique")
        for names in register.unique:
            yield from _of_set(register, names, at)
        if len({frozenset(names) for names in register.unique}) != len(register.unique):
            yield problem(at, ("同一组写了两遍", "a set stands twice"), ("每组一次", "each set once"), MEND)


def _of_set(register: Register, names: tuple[str, ...], at: At) -> Iterator[PackProblem]:
    if not names or len(set(names)) != len(names):
        yield problem(at, ("空的一组，或一组里有重复", "an empty set, or a name twice in it"), ("互不相同的字段", "fields that differ"), MEND)
    elif set(names) >= set(register.key):
        found = ("识别对象的字段本来就不会相同", "the fields that identify a record are not the same anyway")
        yield problem(at, found, ("key 以外的字段", "fields other than the key"), ("请删去这一组。", "Delete this set."))
    for name in names:
        yield from _of_field(register, name, at)


def _of_field(register: Register, name: str, at: At) -> Iterator[PackProblem]:
    """A field of its own, in the open and typed by somebody: of what is sealed nobody can ask who else has it."""
    own = [one for one in register.own if not register.fields[one].computed]
    if name not in own:
        yield unknown(at, ("自己的字段", "the field of its own"), name, own)
    elif register.fields[name].sealed:
        title = register.fields[name].title
        found: Pair = (f"{title}加密保存，无从查重", f"{name} is sealed: whether another has it cannot be asked")
        do: Pair = (
            "不是个人信息的，给字段写 open: true；要靠它识别对象的，写进 key；否则去掉。",
            "Write open: true at the field if it is not personal, make it the key if records are known by it, or take it out.",
        )
        yield problem(at, found, ("不加密的字段，或 key", "a field in the open, or the key"), do)
