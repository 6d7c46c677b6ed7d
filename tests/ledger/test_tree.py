"""The tree of hashes: the public vectors, every size up to 256, and proofs that somebody changed."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.ledger import SHA256, Frontier, Tree, consistency, extends, hasher_named, includes, includes_all, inclusion, multi_inclusion

from . import simply

# The eight leaves and the roots of the reference implementation of RFC 6962 (certificate-transparency, merkle tests).
PUBLIC_LEAVES = [
    bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
PUBLIC_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LARGEST = 256
DATA = [f"entry {i}".encode() for i in range(LARGEST)]
LEAVES = SHA256.leaves(DATA)
TREE = Tree(LEAVES)
ROOTS = [TREE.root(size) for size in range(LARGEST + 1)]


@pytest.mark.parametrize("size", range(9))
def test_the_public_roots(size: int) -> None:
    leaves = SHA256.leaves(PUBLIC_LEAVES[:size])
    frontier = Frontier()
    frontier.extend(leaves)
    assert frontier.root().hex() == Tree(leaves).root().hex() == PUBLIC_ROOTS[size]


def test_roots_of_all_sizes_by_the_text_of_the_rfc() -> None:
    frontier = Frontier()
    for size in range(LARGEST + 1):
        assert ROOTS[size] == frontier.root() == simply.mth(DATA[:size])
        frontier.extend(LEAVES[size : size + 1])
    assert len(set(ROOTS)) == LARGEST + 1


def test_every_inclusion_of_every_size() -> None:
    for size in range(1, LARGEST + 1):
        for index in range(size):
            path = inclusion(TREE, index, size)
            assert includes(ROOTS[size], size, index, LEAVES[index], path)
    assert inclusion(TREE, 5, 7) == simply.path(5, DATA[:7])


def test_every_consistency_of_every_two_sizes() -> None:
    for new in range(LARGEST + 1):
        for old in range(new + 1):
            assert extends(ROOTS[old], old, ROOTS[new], new, consistency(TREE, old, new))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 33])
def test_proofs_are_those_of_the_rfc(size: int) -> None:
    for index in range(size):
        assert inclusion(TREE, index, size) == simply.path(index, DATA[:size])
    for old in range(1, size + 1):
        assert consistency(TREE, old, size) == simply.proof(old, DATA[:size])


def test_several_leaves_of_every_size() -> None:
    for size in range(1, LARGEST + 1):
        for indexes in ([0], [size - 1], list(range(size)), list(range(0, size, 3)), sorted({0, size // 2, size - 1})):
            path = multi_inclusion(TREE, indexes, size)
            assert includes_all(ROOTS[size], size, indexes, [LEAVES[i] for i in indexes], path)
            assert len(path) <= sum(len(inclusion(TREE, i, size)) for i in indexes)
    assert multi_inclusion(TREE, list(range(9)), 9) == []


def flips(hashes: list[bytes]) -> list[list[bytes]]:
    """The hashes with one bit changed, one left out, one twice, two swapped, one more, one cut."""
    out = [[*hashes[:i], _flip(one, bit), *hashes[i + 1:]] for i, one in enumerate(hashes) for bit in (0, 131, 255)]
    out += [hashes[:i] + hashes[i + 1 :] for i in range(len(hashes))]
    out += [[*hashes[:i], one, *hashes[i:]] for i, one in enumerate(hashes)]
    out += [[*hashes[:i], b, a, *hashes[i + 2 :]] for i, (a, b) in enumerate(pairwise(hashes))]
    out += [[*hashes, bytes(32)], [bytes(32), *hashes], [*hashes[:-1], hashes[-1][:-1]] if hashes else [b""]]
    return out


def _flip(one: bytes, bit: int) -> bytes:
    changed = bytearray(one)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_no_changed_inclusion_is_accepted() -> None:
    for size in range(1, 20):
        for index in range(size):
            path = inclusion(TREE, index, size)
            assert not any(includes(ROOTS[size], size, index, LEAVES[index], wrong) for wrong in flips(path))
            assert not any(includes(ROOTS[size], size, other, LEAVES[index], path) for other in range(-1, size + 1) if other != index)
            assert not any(includes(ROOTS[size], size, index, leaf, path) for leaf in LEAVES[:size] if leaf != LEAVES[index])
            assert not includes(ROOTS[size - 1], size, index, LEAVES[index], path)


def test_no_changed_consistency_is_accepted() -> None:
    for new in range(1, 20):
        for old in range(new + 1):
            path = consistency(TREE, old, new)
            assert not any(extends(ROOTS[old], old, ROOTS[new], new, wrong) for wrong in flips(path))
            assert not extends(ROOTS[old + 1], old, ROOTS[new], new, path)
            assert old == 0 or not extends(ROOTS[old], old, ROOTS[new + 1], new, path)


def test_no_changed_proof_of_several_is_accepted() -> None:
    for size in range(1, 12):
        for chosen in range(1, 2**size, 3):
            indexes = [i for i in range(size) if chosen >> i & 1]
            leaves, path = [LEAVES[i] for i in indexes], multi_inclusion(TREE, indexes, size)
            assert includes_all(ROOTS[size], size, indexes, leaves, path)
            assert not any(includes_all(ROOTS[size], size, indexes, leaves, wrong) for wrong in flips(path))
            assert not any(includes_all(ROOTS[size], size, indexes, wrong, path) for wrong in flips(leaves))
            assert not includes_all(ROOTS[size], size, [], [], path)
            assert not includes_all(ROOTS[size], size, [indexes[0], *indexes], [leaves[0], *leaves], path)


@given(st.data())
def test_proofs_of_larger_trees(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 3000))
    leaves = SHA256.leaves(str(i).encode() for i in range(size))
    tree = Tree(leaves)
    root = tree.root()
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    assert includes(root, size, index, leaves[index], inclusion(tree, index, size))
    assert extends(tree.root(old), old, root, size, consistency(tree, old, size))
    indexes = sorted(data.draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=20)))
    path = multi_inclusion(tree, indexes, size)
    assert includes_all(root, size, indexes, [leaves[i] for i in indexes], path)
    if path:
        wrong = list(path)
        at = data.draw(st.integers(0, len(path) - 1))
        wrong[at] = _flip(wrong[at], data.draw(st.integers(0, 255)))
        assert not includes_all(root, size, indexes, [leaves[i] for i in indexes], wrong)


@given(st.lists(st.integers(0, 40), max_size=12))
def test_a_frontier_grows_by_any_steps_and_resumes_from_its_tops(steps: list[int]) -> None:
    leaves = SHA256.leaves(str(i).encode() for i in range(sum(steps)))
    frontier, tree, done = Frontier(), Tree(), 0
    for step in steps:
        frontier = frontier.copy()
        frontier.extend(leaves[done : done + step])
        tree.extend(leaves[done : done + step])
        done += step
        assert frontier.root() == tree.root() == Tree(leaves[:done]).root()
        assert len(frontier.tops) <= done.bit_length()


@pytest.mark.parametrize(("size", "tops"), [(1, []), (0, [bytes(32)]), (2, [bytes(31)]), (-1, [bytes(32)])])
def test_a_frontier_that_cannot_be(size: int, tops: list[bytes]) -> None:
    with pytest.raises(ValueError, match="one hash"):
        Frontier(size, tops)


def test_what_is_not_in_the_tree_cannot_be_asked_for() -> None:
    tree = Tree(LEAVES[:5])
    for ask in (lambda: inclusion(tree, 5, 5), lambda: inclusion(tree, 0, 6), lambda: consistency(tree, 4, 3)):
        with pytest.raises(ValueError, match="leaves"):
            ask()
    for indexes in ([], [1, 1], [2, 1], [5], [-1]):
        with pytest.raises(ValueError, match="rise"):
            multi_inclusion(tree, indexes, 5)
    with pytest.raises(IndexError, match="no complete node"):
        tree.node(1, 2)


def test_absurd_sizes_are_refused_at_once() -> None:
    assert not includes(bytes(32), 2**5000, 0, bytes(32), [bytes(32)] * 5000)
    assert not includes_all(bytes(32), 2**5000, [0], [bytes(32)], [bytes(32)] * 5000)
    assert not extends(bytes(32), 3, bytes(32), 2**5000, [bytes(32)] * 5000)


def test_another_hash_fits_behind_the_provider() -> None:
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this OpenSSL has no SM3")
    sm3 = hasher_named("sm3")
    leaves = sm3.leaves(DATA[:100])
    tree = Tree(leaves, sm3)
    assert tree.root() != ROOTS[100]
    assert includes_all(tree.root(), 100, [3, 50], [leaves[3], leaves[50]], multi_inclusion(tree, [3, 50], 100), sm3)
