#!/usr/bin/env python3
"""Check a figure of a Taizhang book. One file, Python 3.11, nothing else; read it before you trust it.

    python taizhang_verify.py proof.json --key KEY [--fingerprint "48213 90774 …"] [--export book.jsonl]

KEY is the book's public key: the line origin+id+key, or a file that holds it. Get it from somewhere else than the proof.
With --export the whole book is replayed, and only then can be said that no entry is left out. docs/proofs.md tells the rest.
"""

import argparse
import base64
import json
import re
from bisect import bisect_left
from fractions import Fraction
from hashlib import sha256, sha512
from itertools import pairwise
from pathlib import Path


class Refused(Exception):
    """Why a proof is not accepted, in Chinese and English."""


def demand(fact, zh, en):
    """Go on only if it is so."""
    if not fact:
        raise Refused(f"{zh} / {en}")


FORM = {"checkpoint", "entries", "figure", "format", "path"}
FIGURE = {"as_of", "compute", "definition", "select", "title", "unit", "value"}
SELECT = {"from", "places", "to", "type", "where"}
LEAF, NODE = b"\0", b"\1"
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(p, q):
    """The sum of two points of Ed25519 (RFC 8032), each (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    """The point p, n times."""
    rest = times(n >> 1, add(p, p)) if n else (0, 1, 1, 0)
    return add(rest, p) if n & 1 else rest


def point(raw):
    """The point of 32 bytes, None if there is none."""
    sign, y = divmod(int.from_bytes(raw, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if len(raw) != 32 or y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = x if x % 2 == sign else P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signed(public, message, signature):
    """True when this is the signature of the message under the public key."""
    a, s = point(public), int.from_bytes(signature[32:], "little")
    if a is None or len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % L
    x, y, z, _ = add(times(s, BASE), times(k, (P - a[0], a[1], 1, P - a[3])))
    x, y = x * pow(z, -1, P) % P, y * pow(z, -1, P) % P
    return signature[:32] == (y | (x & 1) << 255).to_bytes(32, "little")


def checkpoint(text, key):
    """Origin, size, root and time of a checkpoint signed by the key."""
    form = r"([^\s+]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\ntime (\S+)\n\n((?:— \S+ \S+\n)+)"
    note, line = re.fullmatch(form, text), re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})", key.strip())
    demand(note, "指纹不成格式", "the checkpoint is not well formed")
    demand(line, "公钥不成格式", "the key is not of the form origin+id+key")
    demand(note[1] == line[1], f"指纹属于账本 {note[1]}，公钥属于 {line[1]}", f"the checkpoint is of {note[1]}, the key of {line[1]}")
    algorithm, public = base64.b64decode(line[3])[:1], base64.b64decode(line[3])[1:]
    key_id = sha256(f"{line[1]}\n".encode() + algorithm + public).digest()[:4]
    demand(algorithm == b"\1" and key_id.hex() == line[2], "公钥有误", "the key is damaged")
    body = text[: text.index("\n\n") + 1].encode()
    all_signed = [base64.b64decode(raw) for name, raw in re.findall(r"— (\S+) (\S+)\n", note[5]) if name == note[1]]
    ours = [raw[4:] for raw in all_signed if raw[:4] == key_id]
    demand(ours and all(signed(public, body, raw) for raw in ours), "签名不对：指纹不是这把公钥签的", "the key did not sign this checkpoint")
    return note[1], int(note[2]), base64.b64decode(note[3]), note[4]


def fingerprint(root):
    """The printed form of a root: 126 bits as 38 digits and 2 check digits."""
    number = int.from_bytes(root[:16], "big") >> 2
    digits = f"{number:038d}{98 - number * 100 % 97:02d}"
    return " ".join(digits[i : i + 5] for i in range(0, 40, 5))


def hashed(kind, *parts):
    """The hash of a leaf (kind 0) over an entry's bytes, or of a node (kind 1) over two hashes: RFC 6962."""
    return sha256(b"".join((kind, *parts))).digest()


def rebuilt(indexes, leaves, path, low, high):
    """The root over leaves low to high: those at `indexes` are taken from `leaves`, all else from `path`."""
    if not indexes:
        return next(path)
    if high - low == 1:
        return next(leaves)
    middle = low + (1 << (high - low - 1).bit_length() - 1)
    cut = bisect_left(indexes, middle)
    return hashed(NODE, rebuilt(indexes[:cut], leaves, path, low, middle), rebuilt(indexes[cut:], leaves, path, middle, high))


def check_path(shown, path, size, root):
    """Every entry shown stands at its seq under the root, and every hash of the path is used."""
    indexes = [seq - 1 for seq, _ in shown if type(seq) is int]
    rising = len(indexes) == len(shown) and indexes[0] >= 0 and indexes[-1] < size and all(a < b for a, b in pairwise(indexes))
    demand(rising, "序号不是依次递增，或超出账本", "the numbers of the entries do not rise within the book")
    demand(all(re.fullmatch("[0-9a-f]{64}", one) for one in path), "哈希不成格式", "a hash is not well formed")
    leaves, others = iter([hashed(LEAF, raw) for _, raw in shown]), iter([bytes.fromhex(one) for one in path])
    found = rebuilt(indexes, leaves, others, 0, size)
    demand(found == root and next(others, None) is None, "有条目不在这本账里，或被改动", "an entry is not in this book, or was changed")


def entry(raw):
    """The entry of canonical bytes."""
    text = raw.decode("utf-8")
    out = json.loads(text, parse_float=lambda _: demand(False, "条目含小数", "an entry holds a float"))
    again = json.dumps(out, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    demand(again == text, "条目字节不合规范", "the bytes of an entry are not canonical")
    demand(out["format"] == 1 and out["kind"] in ("state", "event", "transfer", "strike"), "条目格式不明", "unknown format of an entry")
    return out


def number(said):
    """An integer or a decimal in text, exactly."""
    demand(type(said) in (int, str) and re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,20})?", str(said)), "不是数", f"not a number: {said!r:.40}")
    return Fraction(said)


def counts(figure, one):
    """Does this entry belong to the figure, by the figure's own words?"""
    wanted = figure["select"]
    right = one["kind"] != "strike" and one["type"] == wanted["type"] and wanted["from"] <= one["day"] <= wanted["to"]
    here = wanted["places"] is None or one["place"] in wanted["places"]
    return right and here and all(repr(one.get("data", {}).get(name, ...)) == repr(value) for name, value in wanted["where"].items())


def live(entries):
    """Seq and entry of those that no strike among them withdraws."""
    struck = {one["strikes"] for _, one in entries if one["kind"] == "strike"}
    return {seq: one for seq, one in entries if one["uid"] not in struck and one["kind"] != "strike"}


def value(figure, entries):
    """The value of the figure from its entries: their count, a sum or how many differ; None when none of them says."""
    act, name, divisor = figure["compute"]
    demand(act in ("count", "sum", "distinct") and type(divisor) is int and divisor > 0, "不认识的算法", "computed in a way unknown here")
    said = [one.get(name) if name in ("quantity", "record") else one.get("data", {}).get(name) for one in entries if act != "count"]
    said = [each for each in said if each is not None]
    if act == "sum":
        return sum(map(number, said)) / divisor if said else None
    return Fraction(len(set(said)) if act == "distinct" else len(entries), divisor)


def check_figure(figure, shown, size):
    """The entries shown belong to the figure and make its value."""
    known = figure.keys() == FIGURE and figure["select"].keys() == SELECT and type(figure["as_of"]) is int
    demand(known, "数的说明不成格式", "the figure is not well formed")
    in_time = figure["as_of"] <= size and all(seq <= figure["as_of"] for seq, _ in shown)
    demand(in_time, "数晚于指纹，或条目晚于数", "the figure is later than the checkpoint, or an entry later than the figure")
    mine = live(shown).values()
    demand(all(counts(figure, one) for one in mine), "有条目不属于该数", "an entry does not belong to the figure")
    said, found = figure["value"], value(figure, mine)
    demand(found == (None if said is None else number(said)), f"数写作{said}，条目得{found}", f"the figure says {said}, its entries {found}")


def replay(export, size, root, shown, figure):
    """Go through the whole book: it makes the root, each id once; what counts for the figure, or strikes an entry shown, is shown."""
    peaks, seen, kept, count = [], set(), [], 0
    for line in export:
        count, level, raw = count + 1, 0, line.removesuffix(b"\n")
        found, one = hashed(LEAF, raw), entry(raw)
        while count >> level & 1 == 0:
            found, level = hashed(NODE, peaks.pop(), found), level + 1
        peaks.append(found)
        demand(one["uid"] not in seen, f"第{count}条的编号重复", f"entry {count} has the id of an earlier one")
        seen.add(one["uid"])
        if (not figure or count <= figure["as_of"]) and (one["kind"] == "strike" or (figure and counts(figure, one))):
            kept.append((count, one))
    while len(peaks) > 1:
        right = peaks.pop()
        peaks.append(hashed(NODE, peaks.pop(), right))
    demand(count == size and (peaks or [sha256(b"").digest()])[0] == root, "盲出口不是这本账的全部", "the export is not the whole of this book")
    apart = sorted(live(kept).keys() ^ live(shown).keys() if figure else live(shown).keys() - live(shown + kept).keys())
    demand(not apart, f"漏列或已红冲的条目：{apart[:9]}", f"left out, or struck in the meantime: entries {apart[:9]}")


def verify(proof, key, export=None, printed=None):
    """Check everything, or raise Refused. `proof`: bytes of the proof file; `export`: lines of the blind export. Returns what holds."""
    try:
        told = json.loads(proof)
        demand(told.keys() == FORM and told["format"] == 1, "凭据格式不明", "the proof is of an unknown format")
        origin, size, root, time = checkpoint(told["checkpoint"], key)
        same = printed is None or re.sub(r"[\s-]", "", printed) == fingerprint(root).replace(" ", "")
        demand(same, "与印出的指纹不符", "this is not the printed fingerprint")
        raws, figure = [(seq, text.encode()) for seq, text in told["entries"]], told["figure"]
        demand(raws or (export is not None and not told["path"]), "没有出示任何条目", "no entry is shown")
        if raws:
            check_path(raws, told["path"], size, root)
        shown = [(seq, entry(raw)) for seq, raw in raws]
        demand(len({one["uid"] for _, one in shown}) == len(shown), "同一编号出示两次", "an id is shown twice")
        if figure is not None:
            check_figure(figure, shown, size)
        if export is not None:
            replay(export, size, root, shown, figure)
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError, StopIteration) as error:
        raise Refused(f"凭据残缺，读不下去 / the proof is damaged ({type(error).__name__})") from error
    return {"origin": origin, "size": size, "root": root, "time": time, "figure": figure, "shown": len(shown), "whole": export is not None}


def main():
    """The command: what is verified, and what is not, in words."""
    parser = argparse.ArgumentParser(description="核验台账凭据 / check a proof of a Taizhang book")
    parser.add_argument("proof", type=argparse.FileType("rb"))
    parser.add_argument("--key", required=True)
    parser.add_argument("--fingerprint")
    parser.add_argument("--export", type=argparse.FileType("rb"))
    args = parser.parse_args()
    try:
        key = Path(args.key).read_text(encoding="utf-8") if Path(args.key).is_file() else args.key
        held = verify(args.proof.read(), key, args.export, args.fingerprint)
    except (Refused, OSError) as error:
        raise SystemExit(f"不予认可 / Refused: {error}") from None
    print(f"账本 / book: {held['origin']} · {held['size']} · {held['time']}\n指纹 / fingerprint: {fingerprint(held['root'])}")
    if held["figure"]:
        print("{title} {value} {unit}（{definition}，截至第 {as_of} 条 / as of entry {as_of}）\n  {compute} {select}".format(**held["figure"]))
    print(f"出示的 {held['shown']} 个条目都在账本里。/ Every entry shown ({held['shown']}) is in the book,")
    unknown = "有无遗漏、红冲未查，须重放盲出口。/ whether one is left out or struck was not examined: that takes the blind export."
    whole = "而且没有遗漏。/ and none is left out." if held["figure"] else "也没有被别的条目红冲。/ and no other entry strikes one of them."
    print(whole if held["whole"] else unknown)


if __name__ == "__main__":
    main()
