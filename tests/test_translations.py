"""The committed catalogues say everything, in every language and every plural form."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from filelock import FileLock, Timeout

from socialdesk import i18n
from socialdesk.i18n import set_language, trn
from tests.tools import translations

# Texts that are right as they are: names, codes, and shapes that are all holes and signs.
SAME_IN_ALL = {
    "VIP", "Ctrl+Enter", "Ctrl+Shift+P", "Esc", "q {n}", "SocialDesk {version}, SQLite {sqlite}",
    "SocialDesk: {state}", "@ann, @ben@pond.example", "FAQ", "CRM: {link}", "CSV", "CSV (*.csv)",
    "HTML", "PDF", "PDF (*.pdf)", "vCard 3.0 (*.vcf)", "vCard 4.0 (*.vcf)",
    "SEV{n}", "{act} (Ctrl+Enter)", "DRILL", "DRILL · {name}", "DRILL. {text}",
}  # fmt: skip
SAME_IN = {"ru": frozenset[str](), "kk": frozenset[str]()}

each_language = pytest.mark.parametrize("code", translations.TRANSLATED)


@pytest.fixture(scope="module")
def sources() -> Catalog:
    """Every text that stands in the program now."""
    return translations.extracted()


def forms(text: object) -> tuple[str, ...]:
    """The one form of a text, or all its plural forms."""
    return tuple(text) if isinstance(text, list | tuple) else (str(text or ""),)


def texts(catalogue: Catalog) -> Iterator[Message]:
    """All messages but the head."""
    return (message for message in catalogue if message.id)


def holes(text: str) -> Counter[str]:
    """How often each `{name}` stands in a text."""
    return Counter(i18n._HOLE.findall(text))


def letters(text: str) -> str:
    """What is left to translate when holes, digits and signs are taken away."""
    return "".join(c for c in i18n._HOLE.sub("", text) if c.isalpha())


@each_language
def test_every_text_of_the_program_is_translated(code: str, sources: Catalog) -> None:
    assert translations.untranslated(sources)[code] == []


@each_language
def test_no_translation_is_only_a_guess(code: str) -> None:
    assert [m.id for m in texts(translations.read(code)) if m.fuzzy] == []


@each_language
def test_every_plural_has_all_forms_of_its_language(code: str) -> None:
    catalogue = translations.read(code)
    plurals = [m for m in texts(catalogue) if m.pluralizable]
    assert plurals
    for message in plurals:
        assert len(forms(message.string)) == catalogue.num_plurals, message.id
        assert all(forms(message.string)), message.id


@each_language
def test_every_translation_has_the_holes_of_its_text_each_as_often(code: str) -> None:
    for message in texts(translations.read(code)):
        wanted = holes(forms(message.id)[-1])  # the form for many names everything
        for text in forms(message.string):
            assert holes(text) == wanted, f"{message.id!r} -> {text!r}"


@each_language
def test_no_translation_begins_or_ends_with_other_blanks_than_its_text(code: str) -> None:
    def edges(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    for message in texts(translations.read(code)):
        for text in forms(message.string):
            assert edges(text) == edges(forms(message.id)[0]), f"{message.id!r} -> {text!r}"


@each_language
def test_nothing_is_left_in_english(code: str) -> None:
    same = {
        source
        for message in texts(translations.read(code))
        for source in forms(message.id)
        if source in forms(message.string) and letters(source)
    }
    assert same - SAME_IN_ALL - SAME_IN[code] == set()


@each_language
def test_operators_stay_as_they_are_typed(code: str) -> None:
    """A translated operator would be told to people and then not be understood."""
    for message in texts(translations.read(code)):
        for text in forms(message.string):
            for operator in ("label:", "after:", "reach:", "--search", "--slot", "--yes"):
                assert (operator in text) == (operator in forms(message.id)[-1]), message.id


def test_what_a_translator_notes_at_the_head_of_the_file_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noted = Catalog("ru", header_comment="# Not yet read by a second native speaker.")
    monkeypatch.setattr(translations, "read", lambda code: noted)
    assert translations.updated("ru", Catalog()).header_comment == noted.header_comment


def test_a_plural_whose_text_for_many_changed_is_translated_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, template = Catalog("ru"), Catalog()
    old.add(("{n} reader", "{many} readers"), ("{many} читатель",) * 3)
    template.add(("{n} reader", "{n} readers"))
    monkeypatch.setattr(translations, "read", lambda code: old)
    assert translations.untranslated(template)["ru"] == ["{n} reader"]


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder where the tool writes instead of the project's."""
    monkeypatch.setattr(translations, "CATALOGUES", tmp_path)
    monkeypatch.setattr(translations, "TEMPLATE", tmp_path / "socialdesk.pot")
    monkeypatch.setattr(translations, "LOCK", tmp_path / "one.lock")
    return tmp_path


def test_two_runs_wait_for_each_other(apart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def extract() -> Catalog:
        with pytest.raises(Timeout):
            FileLock(translations.LOCK).acquire(timeout=0)
        return Catalog()

    monkeypatch.setattr(translations, "extract", extract)
    translations.make()
    assert (apart / "ru" / "LC_MESSAGES" / "socialdesk.po").is_file()


def test_a_run_that_fails_leaves_the_translation_whole(
    apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(new: Path, path: Path) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(translations, "extract", lambda: Catalog())
    translations.make()
    before = translations.po_file("ru").read_bytes()
    monkeypatch.setattr(translations, "updated", lambda code, template: Catalog("ru", project="B"))
    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError):
        translations.make()
    assert translations.po_file("ru").read_bytes() == before


def test_a_text_inside_an_f_string_is_found() -> None:
    source = (
        """f"{tr('To {to}', to=x)}: {trn('{n} byte', '{n} bytes', n)} {tr(name)} {len('a')}" """
    )
    assert list(translations.in_f_strings(source)) == ["To {to}", ("{n} byte", "{n} bytes")]


# What stands at the end of a text tells what kind of text it is.
ENDS = ("…", ":", "?", "!", ".")
FREE_END = re.compile(r"\b\w{1,3}\.$|: \{\w+\}$")  # a shortened word, an address
KEYS = re.compile(r"\b(?:(?:Ctrl|Shift|Alt)\+)+(?:[A-Z0-9]|Enter|Tab|Up|Down)\b|\bF\d{1,2}\b")


@each_language
def test_a_translation_ends_as_its_text_does(code: str) -> None:
    """A button that opens a question ends in "…", a sentence in its full stop."""
    pairs = [
        (a, b) for a, b in each_pair(code) if not FREE_END.search(b) and not a.endswith("before:")
    ]
    odd = [(a, b) for a, b in pairs if _end(a) != _end(b)]
    assert odd == []


@each_language
def test_a_translation_names_the_keys_of_its_text(code: str) -> None:
    odd = [(a, b) for a, b in each_pair(code) if sorted(KEYS.findall(a)) != sorted(KEYS.findall(b))]
    assert odd == []


def each_pair(code: str) -> Iterator[tuple[str, str]]:
    """Source text and translation, the text for many with every form but the first."""
    for message in texts(translations.read(code)):
        sources, translated = forms(message.id), forms(message.string)
        for n, text in enumerate(translated):
            if text:
                yield sources[min(n, len(sources) - 1)], text


def _end(text: str) -> str:
    last = text.rstrip("»”\")' ")[-1:]
    return last if last in ENDS else ""


@pytest.mark.parametrize(
    ("code", "ns", "form"),
    [("ru", (1, 21, 101), 0), ("ru", (2, 3, 24), 1), ("ru", (0, 5, 11, 14, 112), 2),
     ("kk", (1,), 0), ("kk", (0, 2, 5, 11, 21, 101), 1)],
)  # fmt: skip
def test_every_plural_takes_the_form_of_its_number(
    code: str, ns: tuple[int, ...], form: int
) -> None:
    """Through trn and the compiled file, as the program does it."""
    set_language(code)
    wrong = [
        (message.id, n)
        for message in texts(translations.read(code))
        if message.pluralizable and all(forms(message.string))
        for one, many in [forms(message.id)]
        for n in ns
        if trn(one, many, n, n="{n}") != forms(message.string)[form]
    ]
    set_language("en")
    assert wrong == []
