"""What a person's words mean at a desk: a type of entry, a record, an entry, an account."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from taizhang.acts.desk import Desk
from taizhang.core import InputError, Problem
from taizhang.ledger.catalogue import Catalogue, Thing, record_of
from taizhang.ledger.reading import Line, Seen
from taizhang.ledger.rules import RENEW
from taizhang.ledger.rules.meaning import record_meant
from taizhang.ledger.rules.record_keys import RECORD_KEY
from taizhang.ledger.uids import UID
from taizhang.packs import TYPES, Field, Register
from taizhang.packs.problems import among, nearest, shown

_NUMBER = re.compile(r"第?([1-9][0-9]{0,17})[条号]?")
_RESIDENT = Field("resident", "身份证号", TYPES["resident_id"])
_RENEW = ("续借", "renewal", RENEW)


def type_of(desk: Desk, words: str, *, registers_only: bool = False) -> str:
    """The type a title (违法查处), a name (violation) or a type (traffic.violation) means; InputError where none or several do."""
    catalogue = desk.book.catalogue
    if words in _RENEW and not registers_only:
        return RENEW
    things = {t: thing for t, thing in catalogue.things.items() if isinstance(thing, Register) or not registers_only}
    if words in things:
        return words
    found = [t for t, thing in things.items() if words in _titles(catalogue, thing)]
    if len(found) == 1:
        return found[0]
    raise InputError(_several(words, found) if found else _no_type(words, catalogue, things.values()))


def _titles(catalogue: Catalogue, thing: Thing) -> tuple[str, ...]:
    """What a thing may be called; with the title of its programme before it where that tells it from another."""
    pack = catalogue.packs[thing.pack]
    own = tuple(filter(None, (thing.name, thing.title, thing.title_en)))
    return (*own, *(f"{before}{mark}{after}" for before in (pack.title, pack.name) for after in own for mark in ("/", ".", "")))


def record_of_words(desk: Desk, words: str, type_name: str | None = None) -> str:
    """The key of the record that words mean: its own key, or its natural key (parts joined by /) in a register or in any."""
    if RECORD_KEY.fullmatch(words) and (desk.reader.now([words]) or desk.reader.history(words)):
        return words  # of one whose registration was struck the entries are left, and what they keep can be erased
    types = [type_name] if type_name else _roots(desk.book.catalogue)
    if _is_resident(words, desk):  # nobody's open value, and it is not to stand in the log of a database
        types = [t for t in types if _is_sealed(t, desk.book.catalogue)]
        found = list(dict.fromkeys(_meant(desk, words, types)))
    else:
        own = [t for t in types if not _by_another(t, desk.book.catalogue)]  # K01 is the mine before it is the plan of that mine
        found = list(dict.fromkeys(_meant(desk, words, own))) or list(dict.fromkeys(_meant(desk, words, types)))
        found = found or _called(desk, words, type_name)
    if len(found) == 1:
        return found[0]
    raise InputError(_which_register(words, found, desk) if found else _no_record(words, type_name, desk))


def _meant(desk: Desk, words: str, types: Iterable[str]) -> Iterable[str]:
    book = desk.book
    for type_name in types:
        register = book.catalogue.register(type_name)
        if register is not None:
            key = record_meant(words, register, book.inside(), book.catalogue, desk.today, desk.place_of)
            if isinstance(key, str) and desk.reader.now([key]):
                yield key


def _called(desk: Desk, words: str, type_name: str | None, most: int = 20) -> list[str]:
    """The records that have this word as an open value of their own: a reader's number, the name of a shelf. Read from end to end."""
    text = json.dumps(words, ensure_ascii=False).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    of_type, params = (" AND type = ?", [type_name]) if type_name else ("", [])
    sql = f"""SELECT DISTINCT record FROM record WHERE book = ? AND record > ? AND data LIKE ? ESCAPE '\\'{of_type}
        ORDER BY record LIMIT {int(most)}"""
    found: list[str] = []
    after = ""
    while len(found) < most:
        keys = [row[0] for row in desk.book.store.rows(sql, [desk.book.number, after, f"%:{text}%", *params])]
        seen = desk.reader.now(keys)
        found += [key for key in keys if key in seen and any(words in values.values() for values in seen[key].values.values())]
        if len(keys) < most:
            break
        after = keys[-1]
    return found[:most]


def _is_resident(words: str, desk: Desk) -> bool:
    """Whether words are the ID number of a resident."""
    return isinstance(_RESIDENT.clean(words, desk.today), str)


def _is_sealed(type_name: str, catalogue: Catalogue) -> bool:
    """Whether the natural key of a register is personal."""
    register = catalogue.register(type_name)
    root = catalogue.root(register) if register else None
    return root is not None and any(root.fields[name].sealed for name in root.key)


def _by_another(type_name: str, catalogue: Catalogue) -> bool:
    """Whether the natural key of a register is that of another record: of the plan of a mine the mine."""
    register = catalogue.register(type_name)
    root = catalogue.root(register) if register else None
    return root is not None and any(root.fields[name].of for name in root.key)


def _roots(catalogue: Catalogue) -> list[str]:
    """The registers whose fields are natural keys: a record of another is a record of one of these."""
    return [t for t, thing in catalogue.things.items() if isinstance(thing, Register) and catalogue.root(thing) is thing]


def means_entry(words: str) -> bool:
    """Whether words can mean nothing but an entry, be it there or not: a uid, 第12条."""
    bare = words.strip()
    return bool(UID.fullmatch(bare.replace("-", "").lower()) or (_NUMBER.fullmatch(bare) and not bare.isdecimal()))


def uid_of(desk: Desk, words: str) -> str | None:
    """The uid of the entry that words mean: its uid, or its number in the book (12, 第12条); None when they mean no entry."""
    bare = words.strip().replace("-", "").lower()
    if UID.fullmatch(bare):
        return bare
    number = _NUMBER.fullmatch(words.strip())
    rows = number and desk.book.store.rows("SELECT uid FROM entry WHERE book = ? AND seq = ?", [desk.book.number, int(number[1])])
    return str(rows[0][0]) if rows else None


def entries_of_words(desk: Desk, words: Sequence[str]) -> list[Line]:
    """The entries that words mean, in their order; InputError names one that is not there within the scope."""
    uids = [uid_of(desk, word) for word in words]
    lines = {line.entry.uid: line for line in desk.reader.entries(filter(None, uids))}
    missing = next((word for word, uid in zip(words, uids, strict=True) if uid not in lines), None)
    if missing is not None:
        raise InputError(no_entry(missing))
    return [lines[uid] for uid in uids if uid is not None]


def accounts_of_words(desk: Desk, words: str, type_name: str | None = None) -> list[str]:
    """The accounts that words mean: a single one by key or title, else all of a record."""
    for pack in desk.book.catalogue.packs.values():
        for account in pack.accounts.values():
            if words in (f"{pack.name}.{account.name}", account.title, f"{pack.title}/{account.title}", account.title_en):
                return [f"{pack.name}.{account.name}"]
    head, slash, key = words.partition("/")
    if slash and RECORD_KEY.fullmatch(key) and desk.book.catalogue.register(head):
        return [words]
    record = record_of_words(desk, words, type_name)
    return [a for a in desk.reader.accounts(record) if record_of(a) == record]


def no_entry(words: str) -> Problem:
    """No entry of this uid or number."""
    do = ("请用 taizhang history 查看是第几条。", "See its number with taizhang history.")
    return Problem(
        shown(words), "账本里没有这一条", "第几条，或识别码", do[0], "no such entry in the book", "the number or uid of an entry", do[1]
    )


def _no_type(words: str, catalogue: Catalogue, things: Iterable[Thing]) -> Problem:
    titles = [thing.title for thing in things]
    near = nearest(words, titles)
    if near:
        do = (f"是否应为“{near}”？", f"Did you mean “{near}”?")
    elif len(catalogue.packs) < 2:
        do = ("请先安装专项：taizhang pack install。", "Install a programme first: taizhang pack install.")
    else:
        do = ("请用 taizhang pack list --types 查看。", "See taizhang pack list --types.")
    return Problem(shown(words), "没有这一类", among(titles), do[0], "no such type of entry", among(titles), do[1])


def _several(words: str, types: Sequence[str]) -> Problem:
    expected = among(types)
    return Problem(
        shown(words), "不止一类用这个名称", expected, "请写全称。", "more than one type has this title", expected, "Write the type in full."
    )


def _no_record(words: str, type_name: str | None, desk: Desk) -> Problem:
    register = desk.book.catalogue.register(type_name or "")
    title, title_en = (register.title, register.title_en or register.title) if register else ("对象", "record")
    do = ("请核对编号，或用 --type 指明名录。", "Check it, or name its register with --type.")
    return Problem(shown(words), f"没有这个{title}", "已登记的编号", do[0], f"no such {title_en}", "one that is registered", do[1])


def _which_register(words: str, found: Sequence[str], desk: Desk) -> Problem:
    """Several records are called so: their registers are told where these tell them apart, else the records themselves."""
    titles = [_register_of(one, desk) for one in desk.reader.now(found).values()]
    if len(set(titles)) == len(titles):
        expected, n = among(titles), len(titles)
        do = ("请用 --type 指明名录。", "Name the register with --type.")
        return Problem(shown(words), f"{n} 个名录里都有", expected, do[0], f"it is in {n} registers", expected, do[1])
    expected = "、".join(found[:3]) + ("…" if len(found) > 3 else "")
    do = ("请写编号，或其中一个的对象键。", "Write its natural key, or the key of one of these.")
    count = (f"有 {len(found)} 个对象都叫这个", f"{len(found)} records are called so")
    return Problem(shown(words), count[0], expected, do[0], count[1], expected, do[1])


def _register_of(seen: Seen, desk: Desk) -> str:
    """The register a record is of, the one that says most of it: a reader, not a person."""
    registers = [register for type_name in seen.values if (register := desk.book.catalogue.register(type_name))]
    return max(registers, key=lambda register: len(desk.book.catalogue.chain(register))).title if registers else ""
