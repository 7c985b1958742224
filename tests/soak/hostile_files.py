"""Files with faults in them, brought in through the desk: all of a file, or nothing and a line.

Mentions as CSV and JSON, people as CSV and vCard, packs of templates, and backups to restore. Each
try says what was wrong: `n_crashed` an error without a name, `n_half` something was stored of a
file that was refused, or not all of one that was taken, `n_no_line` a broken row without its line.
"""

import json
import random
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.errors import CommandError, StoreError
from socialdesk.engine.commands import Command
from socialdesk.engine.commands.contacts import ImportContacts, PreviewImport
from socialdesk.engine.commands.mention_files import ImportMentions, PreviewMentions
from socialdesk.engine.commands.templates import InstallPack
from socialdesk.engine.inline import InlineDesk
from socialdesk.networks.scripted import mutated
from socialdesk.store.copies import recovery
from socialdesk.store.file.sqlite import open_reader
from tests.bench.build import build
from tests.fakes import HandClock

N_ROWS: Final = 6
ZIP_BOMB: Final = b"PK\x03\x04" + b"\x14\x00\x00\x00\x08\x00" + b"\0" * 20_000
ODD_CELLS: Final = (
    "", '"', '"unclosed', "a,b", "x\ny", "\x00", "\ud83d", "=cmd|' /C calc'!A0", "9" * 5_000,
    "ж" * 9_000,
    "../../etc/passwd", "C:\\Windows\\x", "2026-13-45", "99/99/9999", "\u202e", "-1", "1e999", "\t",
)  # fmt: skip
PACK: Final = """[[template]]
name = "Late order {n}"
folder = "orders"
[template.texts]
en = "We are sorry, {{name}}. Order {{order}} is on its way."
ru = "Извините, {{name}}. Заказ {{order}} в пути."
"""


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file. `make(n)`: a sound one like no other; `ending` of its name."""

    ending: str
    make: Callable[[int], bytes]
    preview: Callable[[str], Command] | None
    bring_in: Callable[[str, str], Command]
    counted: str  # SQL: how many things it brings there are


def mentions_csv(n: int) -> bytes:
    rows = [f"2026-11-{k + 1:02} 10:00,Ann {n},Words {n} of {k},Orchard" for k in range(N_ROWS)]
    return "\n".join(["Date,Author,Text,Source", *rows, ""]).encode()


def mentions_json(n: int) -> bytes:
    rows = [{"date": f"2026-11-{k + 1:02}T10:00:00Z", "author": "Ann", "text": f"Said {n}, {k}",
             "source": "Orchard"} for k in range(N_ROWS)]  # fmt: skip
    return json.dumps(rows).encode()


def people_csv(n: int) -> bytes:
    rows = [f"Ann {n} {k},ann{n}x{k}@pond.example,+7 701 000 {n:05}" for k in range(N_ROWS)]
    return "\n".join(["Name,Email,Phone", *rows, ""]).encode()


def people_vcard(n: int) -> bytes:
    cards = [
        f"BEGIN:VCARD\nVERSION:3.0\nN:Lee;Ann {n} {k};;;\nFN:Ann {n} {k} Lee\n"
        f"EMAIL:lee{n}x{k}@pond.example\nEND:VCARD\n"
        for k in range(N_ROWS)
    ]
    return "".join(cards).encode()


def pack(n: int) -> bytes:
    return "".join(PACK.replace("{n}", f"{n} {k}") for k in range(2)).encode()


_MENTIONS: Final = "SELECT count(*) FROM mention"
_PEOPLE: Final = "SELECT count(*) FROM contact"
FORMS: Final = (
    Form("csv", mentions_csv, PreviewMentions, ImportMentions, _MENTIONS),
    Form("json", mentions_json, PreviewMentions, ImportMentions, _MENTIONS),
    Form("csv", people_csv, PreviewImport, ImportContacts, _PEOPLE),
    Form("vcf", people_vcard, PreviewImport, ImportContacts, _PEOPLE),
    Form("toml", pack, None, lambda path, _: InstallPack(path), "SELECT count(*) FROM template"),
)


def with_faults(body: bytes, dice: random.Random) -> bytes:
    """One to three things wrong in it; now and then nothing is."""
    for _ in range(dice.randrange(4)):
        at = dice.randrange(len(body) + 1)
        match dice.randrange(5):
            case 0:
                body = mutated(body, dice)
            case 1:
                cells = body.split(b",")
                odd = dice.choice(ODD_CELLS).encode("utf-8", "surrogatepass")
                cells[dice.randrange(len(cells))] = odd
                body = b",".join(cells)
            case 2:
                lines = body.split(b"\n")
                del lines[dice.randrange(len(lines))]
                body = b"\n".join(lines)
            case 3:
                body = body[:at] + dice.choice((b'"', b"\n", b";", b"\x00", b"\xff")) + body[at:]
            case _:
                written = dice.choice(("utf-16", "utf-8-sig", "cp1251", "koi8-r", "shift_jis"))
                body = body.decode("utf-8", "replace").encode(written, "replace")
    return ZIP_BOMB if dice.random() < 0.01 else body


def bring_in(desk: InlineDesk, form: Form, path: Path) -> Counter[str]:
    """One file. Lets through an error without a name."""
    before = _count(desk, form)
    seen: Any = {"digest": ""}
    try:
        if form.preview is not None:
            seen = desk.do(form.preview(str(path))).result().answer
            if _count(desk, form) != before:
                return Counter(n_half=1)
        answer = desk.do(form.bring_in(str(path), str(seen["digest"]))).result().answer
    except CommandError:
        lines = [line for line, *_ in seen.get("faults", ())]
        return Counter(
            n_refused=1, n_half=_count(desk, form) != before, n_no_line=any(n < 1 for n in lines)
        )
    n_new = int(answer["n_new"]) if "n_new" in answer else len(answer["versions"]) // 2
    is_half = n_new != _count(desk, form) - before or bool(seen.get("n_broken"))
    return Counter(n_taken=1, n_half=is_half)


def _count(desk: InlineDesk, form: Form) -> int:
    return int(desk._readers.here(lambda conn: conn.execute(form.counted).fetchone()[0]))


class Restorer:
    """A workspace, and damaged backups to restore in its place."""

    def __init__(self, folder: Path) -> None:
        self._path, self._backup = folder / "workspace.db", folder / "whole.db"
        build(300, self._backup)
        build(20, self._path)
        self._target = folder / "damaged.db"
        self._whole = self._backup.read_bytes()

    def try_once(self, dice: random.Random) -> Counter[str]:
        self._target.write_bytes(_damaged(self._whole, dice))
        before = self._path.read_bytes()
        try:
            recovery.restore(self._target, self._path, HandClock())
        except StoreError:
            return Counter(n_refused=1, n_half=self._path.read_bytes() != before)
        finally:
            for kept in self._path.parent.glob("kept-*/*"):
                kept.unlink()
        with closing(open_reader(self._path)) as conn:
            (check,) = conn.execute("PRAGMA integrity_check").fetchone()
            (n,) = conn.execute(_MENTIONS).fetchone()
        return Counter(n_taken=1, n_half=check != "ok" or n != 300)


def _damaged(whole: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(whole))
    match dice.randrange(5):
        case 0:
            return whole[:at]
        case 1:
            return whole[:at] + dice.randbytes(64) + whole[at + 64 :]
        case 2:
            return whole[:at] + bytes(4096) + whole[at + 4096 :]
        case 3:
            return dice.choice((b"", ZIP_BOMB, b"SQLite format 3\0", dice.randbytes(5_000)))
        case _:
            return whole[: at % 100] + dice.randbytes(4) + whole[at % 100 + 4 :]
