"""Makes resources/models/language.model from the model inside py3langid's wheel.

    pip download py3langid==0.4.0 --no-deps
    python -m tests.eval.make_language py3langid-0.4.0-py3-none-any.whl [--check]

The package is not installed and numpy is not needed. Kept are the columns of OFFERED, as one byte
per weight, and the part of the byte automaton that tells them apart. With `--check` nothing is
written; it fails unless the file in the repository is the same.
"""

import ast
import io
import lzma
import struct
import sys
import zipfile
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from socialdesk.analysis.language_model import FORMAT
from socialdesk.analysis.mood_table import ZERO
from socialdesk.analysis.packed import write_packed
from socialdesk.places import resource

OFFERED: Final = ("ar", "de", "en", "es", "fr", "hi", "it", "kk", "ky", "pt", "ru", "tr", "uk")
SEEN: Final = 0.05  # above a column's lowest value: the language had this piece of text
# Log probability between the languages that have a piece most and least. At 3 a
# third of the states goes, and 99.8 % of 4,800 tweets keep their answer among thirteen.
TELLING: Final = 3.0
SCALE: Final = 0.05  # of one step of a weight; they lie within 6.4 of each other

SOURCE: Final = "py3langid 0.4.0, data/model.npz.xz; columns and automaton cut, weights rounded"
LICENCE: Final = "BSD-3-Clause, (c) 2011 Marco Lui, (c) 2021 Adrien Barbaresi"


@dataclass(frozen=True, slots=True)
class Node:
    """A state of the automaton: the bytes that lead to it, and its feature, -1 = none."""

    word: bytes
    feature: int


def read_arrays(wheel: Path) -> dict[str, tuple[dict[str, object], bytes]]:
    """The arrays of the model by name: numpy's own description, and the bytes."""
    with zipfile.ZipFile(wheel) as outer:
        inner = lzma.decompress(outer.read("py3langid/data/model.npz.xz"))
    arrays = {}
    with zipfile.ZipFile(io.BytesIO(inner)) as npz:
        for name in npz.namelist():
            raw = npz.read(name)
            end = 10 + int(struct.unpack("<H", raw[8:10])[0])
            described: dict[str, object] = ast.literal_eval(raw[10:end].decode())
            arrays[name.removesuffix(".npy")] = (described, raw[end:])
    return arrays


def numbers(code: str, raw: bytes) -> "array[int]":
    """Little-endian numbers of an array."""
    values = array(code, raw)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def states(next_of: "array[int]", row_of: "array[int]", out: "array[int]") -> dict[bytes, Node]:
    """The automaton as the tree it was made from: the shortest way to a state spells its bytes."""
    words = {0: b""}
    todo = [0]
    for state in todo:
        start = row_of[state] << 8
        for byte, after in enumerate(next_of[start : start + 256]):
            if after not in words:
                words[after] = words[state] + bytes([byte])
                todo.append(after)
    return {words[state]: Node(words[state], out[state]) for state in todo}


def chosen_columns(raw: bytes, n_columns: int, chosen: Sequence[int]) -> list[tuple[float, ...]]:
    """Per feature the weights of the chosen columns."""
    return [tuple(row[n] for n in chosen) for row in struct.iter_unpack(f"<{n_columns}e", raw)]


def kept_words(tree: dict[bytes, Node], weights: Sequence[tuple[float, ...]]) -> list[bytes]:
    """The words of the states that tell languages apart, and all that leads to them; short
    before long, so that a state's parent and its fall-back come before it."""
    floor = [min(column) + SEEN for column in zip(*weights, strict=True)]
    kept = {b""}
    for word, node in tree.items():
        row = weights[node.feature] if node.feature >= 0 else (0.0,)
        is_seen = any(value > low for value, low in zip(row, floor, strict=False))
        if is_seen and max(row) - min(row) >= TELLING:
            kept.update(word[:n] for n in range(1, len(word) + 1))
    return sorted(kept, key=lambda word: (len(word), word))


def fallbacks(words: Sequence[bytes]) -> list[int]:
    """Per state the state of the longest ending of its word that is a word as well."""
    number = {word: n for n, word in enumerate(words)}
    return [
        next(number[word[n:]] for n in range(1, len(word) + 1) if word[n:] in number) if word else 0
        for word in words
    ]


def rounded(row: Sequence[float]) -> list[int]:
    """One byte a weight, around the middle of the row: only differences count."""
    middle = (max(row) + min(row)) / 2
    return [ZERO + max(-127, min(127, round((value - middle) / SCALE))) for value in row]


def packed_body(words: Sequence[bytes], tree: dict[bytes, Node],
                weights: Sequence[tuple[float, ...]]) -> bytes:  # fmt: skip
    """Edges (state and byte), fall-backs, own-feature marks, then a column of weights a language.
    Little-endian; the n-th edge leads to state n + 1."""
    number = {word: n for n, word in enumerate(words)}
    edges = array("I", (number[word[:-1]] << 8 | word[-1] for word in words[1:]))
    back = array("I", fallbacks(words))
    if sys.byteorder == "big":
        edges.byteswap()
        back.byteswap()
    owns = [_is_own(tree, word, words[fall]) for word, fall in zip(words, back, strict=True)]
    none = [ZERO] * len(OFFERED)
    rows = [
        rounded(weights[tree[word].feature]) if is_own else none
        for word, is_own in zip(words, owns, strict=True)
    ]
    columns = b"".join(bytes(column) for column in zip(*rows, strict=True))
    return edges.tobytes() + back.tobytes() + bytes(owns) + columns


def _is_own(tree: dict[bytes, Node], word: bytes, fall: bytes) -> bool:
    """False where a state only passes on the feature of a shorter ending, or has none."""
    feature = tree[word].feature
    return feature >= 0 and (not word or tree[fall].feature != feature)


def make(wheel: Path, path: Path) -> str:
    """Write the model; a line about it."""
    arrays = read_arrays(wheel)
    names = [raw.decode("utf-32-le").rstrip("\0") for raw in _cut(arrays["classes"][1], 12)]
    chosen = [names.index(lang) for lang in OFFERED]
    prior = struct.unpack(f"<{len(names)}f", arrays["pc"][1])
    weights = chosen_columns(arrays["ptc"][1], len(names), chosen)
    tree = states(
        numbers("I", arrays["nextmove"][1]),
        numbers("H", arrays["nextmove_row"][1]),
        numbers("i", arrays["out_feat"][1]),
    )
    words = kept_words(tree, weights)
    header = {
        "format": FORMAT,
        "languages": list(OFFERED),
        "states": len(words),
        "scale": SCALE,
        "prior": [round(prior[n], 4) for n in chosen],
        "source": SOURCE,
        "licence": LICENCE,
    }
    write_packed(path, header, packed_body(words, tree, weights))
    return f"{path.name}: {len(words):,} of {len(tree):,} states, {path.stat().st_size:,} bytes"


def _cut(raw: bytes, size: int) -> list[bytes]:
    return [raw[start : start + size] for start in range(0, len(raw), size)]


def main(args: Sequence[str]) -> str:
    """What was done, in a sentence; an empty text when the check fails."""
    wheel, *flags = args
    path = resource("models", "language.model")
    if "--check" not in flags:
        return make(Path(wheel), path)
    again = path.with_suffix(".again")
    try:
        make(Path(wheel), again)
        return "The same, byte for byte." if again.read_bytes() == path.read_bytes() else ""
    finally:
        again.unlink(missing_ok=True)


if __name__ == "__main__":
    done = main(sys.argv[1:])
    sys.stdout.write((done or "Not the file of the repository.") + "\n")
    raise SystemExit(not done)
