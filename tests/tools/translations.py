"""Make the catalogues: extract every tr()/trn() text, update the .po files, compile the .mo files.

Usage: translations.py [--check]. --check changes nothing and says what is untranslated, with exit
code 1 when something is. Files come out the same for the same sources: no dates, no line numbers.
Two runs at once wait for each other, and a file is put in its place whole: a run read what another
had half written, and lost the end of a translation.
"""

import ast
import io
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from filelock import FileLock

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "socialdesk"
CATALOGUES = ROOT / "resources" / "i18n"
TEMPLATE = CATALOGUES / "socialdesk.pot"
LOCK = ROOT / "tests" / "output" / "translations.lock"
TRANSLATED = ("ru", "kk")
KEYWORDS: Mapping[str, tuple[int, ...] | None] = {"tr": None, "trn": (1, 2), "said": None}
N_TEXTS = {"tr": 1, "trn": 2, "said": 1}
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = "# Translations of SocialDesk, under the same licence as the program.\n#"


def po_file(code: str) -> Path:
    """The file that a translator edits."""
    return CATALOGUES / code / "LC_MESSAGES" / "socialdesk.po"


def extract() -> Catalog:
    """All texts of the sources, with the files they stand in."""
    template = _empty(None)
    for name, _, text, comments, _ in extract_from_dir(
        SOURCES, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("i18n:",)
    ):
        template.add(text, locations=[(f"socialdesk/{name}", 0)], auto_comments=comments)
    for path in sorted(SOURCES.rglob("*.py")):
        for text in in_f_strings(path.read_text("utf-8")):
            template.add(text, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return template


@cache
def extracted() -> Catalog:
    """The same, made once in a run: it takes five seconds. Nobody changes it."""
    return extract()


def in_f_strings(source: str) -> Iterator[str | tuple[str, ...]]:
    """The texts babel walks past: before Python 3.12 an f-string is one word to it."""
    for f_string in ast.walk(ast.parse(source)):
        for call in ast.walk(f_string) if isinstance(f_string, ast.JoinedStr) else ():
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                n_texts = N_TEXTS.get(call.func.id, 0)
                texts = [str(a.value) for a in call.args[:n_texts] if isinstance(a, ast.Constant)]
                if texts:
                    yield texts[0] if n_texts == 1 else tuple(texts)


def read(code: str) -> Catalog:
    """The committed translation; empty with the language's plural rules when there is none."""
    if not po_file(code).exists():
        return _empty(code)
    with po_file(code).open("rb") as f:
        return read_po(f, locale=code)


def updated(code: str, template: Catalog) -> Catalog:
    """The translation with exactly the template's texts; new ones are empty, lost ones go. What
    translators wrote at the head of their file stays."""
    old, new = read(code), _empty(code)
    new.header_comment = old.header_comment
    for message in template:
        if message.id:
            known = old.get(message.id)  # babel finds a plural by its first form alone
            if known is not None and _forms(known) != _forms(message):
                known = None
            new.add(
                message.id,
                known.string if known is not None else "",
                locations=message.locations,
                auto_comments=message.auto_comments,
                user_comments=known.user_comments if known is not None else (),
                flags=known.flags if known is not None else message.flags,
            )
    return new


def compiled(catalogue: Catalog) -> bytes:
    """The .mo file's bytes."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def untranslated(template: Catalog | None = None) -> dict[str, list[str]]:
    """For each language the source texts that have no complete translation."""
    texts = template or extract()
    return {code: [_name(m) for m in _holes(updated(code, texts))] for code in TRANSLATED}


def make() -> None:
    """Write template, .po and .mo files, once no other run does."""
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(LOCK):
        template = extract()
        _replace(TEMPLATE, _po(template))
        for code in TRANSLATED:
            catalogue = updated(code, template)
            _replace(po_file(code), _po(catalogue))
            _replace(po_file(code).with_suffix(".mo"), compiled(catalogue))


def _empty(code: str | None) -> Catalog:
    return Catalog(
        code,
        domain="socialdesk",
        project="SocialDesk",
        version="1",
        charset="utf-8",
        fuzzy=False,
        header_comment=HEADER,
        copyright_holder="SocialDesk contributors",
        msgid_bugs_address="SocialDesk contributors",
        last_translator="SocialDesk contributors",
        language_team="SocialDesk contributors",
        creation_date=NO_DATE,
        revision_date=NO_DATE,
    )


def _po(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_output=True, include_lineno=False)
    return buffer.getvalue()


def _replace(path: Path, content: bytes) -> None:
    """The whole file at once: who reads it meanwhile reads the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(content)
    os.replace(beside, path)


def _holes(catalogue: Catalog) -> Iterator[Message]:
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            yield message


def _forms(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def main(arguments: list[str]) -> int:
    """Make the files, or only look; prints a line per language and a text per hole."""
    look_only = arguments == ["--check"]
    if not look_only:
        make()
    missing = untranslated()
    n_texts = sum(1 for m in extract() if m.id)
    for code, texts in missing.items():
        print(f"{code}: {n_texts - len(texts)} of {n_texts} texts translated")
        for text in texts if look_only else ():
            print(f"  {text!r}")
    return int(look_only and any(missing.values()))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
