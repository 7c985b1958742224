"""Texts: holes, plurals, the live switch, and that translators get to see every text."""

import gettext
import io
import sys
import threading

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from socialdesk import i18n
from socialdesk.i18n import LANGUAGES, language, set_language, system_language, tr, trn
from tests.tools import translations


@pytest.fixture(autouse=True)
def _english_again():
    yield
    set_language("en")


def speak(monkeypatch: pytest.MonkeyPatch, code: str, texts: dict[object, object]) -> None:
    """Speak a catalogue made of these texts."""
    catalogue = Catalog(code)
    for source, translated in texts.items():
        catalogue.add(source, translated)  # type: ignore[arg-type]
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    monkeypatch.setattr(i18n._Spoken, "now", (code, gettext.GNUTranslations(buffer)))


def test_holes_are_filled_after_the_look_up(monkeypatch) -> None:
    speak(monkeypatch, "ru", {"Signed in as {name}": "Вы вошли как {name}"})
    assert tr("Signed in as {name}", name="Аян") == "Вы вошли как Аян"


def test_a_value_that_looks_like_a_hole_stays_as_it_is() -> None:
    assert tr("{author}: {body}", author="{body}", body="{author}") == "{body}: {author}"


def test_no_attribute_of_a_value_is_reached() -> None:
    class Account:
        token = "canary"

        def __str__(self) -> str:
            return "@brand"

    assert tr("{a.token} {a[0]} {a!r} {a}", a=Account()) == "{a.token} {a[0]} {a!r} @brand"


def test_a_hole_without_a_value_stays_as_typed() -> None:
    assert tr("Write {first_name} where the name goes") == "Write {first_name} where the name goes"


def test_no_text_is_no_text_in_any_language(monkeypatch) -> None:
    speak(monkeypatch, "ru", {"a": "б"})
    assert tr("") == ""


@given(st.text(), st.dictionaries(st.from_regex(r"[a-z]{1,3}", fullmatch=True), st.text()))
def test_filling_never_fails_and_never_fills_twice(text: str, values: dict[str, str]) -> None:
    filled = tr(text, **values)
    expected, rest = "", text
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, closed, after = rest.partition("}")
        expected += before
        if closed and name in values:
            expected, rest = expected + values[name], after
        else:
            expected += "{"
    assert filled == expected + rest


@pytest.mark.parametrize(
    ("n", "text"),
    [(0, "0 упоминаний"), (1, "1 упоминание"), (2, "2 упоминания"), (5, "5 упоминаний"),
     (11, "11 упоминаний"), (21, "21 упоминание"), (112, "112 упоминаний")],
)  # fmt: skip
def test_russian_has_three_plural_forms(n: int, text: str, monkeypatch) -> None:
    forms = ("{n} упоминание", "{n} упоминания", "{n} упоминаний")
    speak(monkeypatch, "ru", {("{n} mention", "{n} mentions"): forms})
    assert trn("{n} mention", "{n} mentions", n) == text


def test_english_has_two_plural_forms() -> None:
    assert [trn("{n} reply", "{n} replies", n) for n in (0, 1, 2)] == [
        "0 replies", "1 reply", "2 replies",
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "n_forms"), [("ru", 3), ("kk", 2)])
def test_the_committed_catalogues_know_their_plural_rules(code: str, n_forms: int) -> None:
    assert translations.read(code).num_plurals == n_forms


def test_the_language_switches_while_running() -> None:
    assert [set_language(code) for code in ("kk", "ru", "en")] == ["kk", "ru", "en"]
    assert language() == "en"


@pytest.mark.parametrize("code", ["kk_KZ.UTF-8", "kk-KZ", "KK"])
def test_a_regional_code_gives_its_language(code: str) -> None:
    assert set_language(code) == "kk"


@pytest.mark.parametrize("code", ["de", "C", "zz_ZZ", "C.UTF-8"])
def test_a_language_we_do_not_have_gives_english(code: str) -> None:
    assert set_language(code) == "en"


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [({"LANG": "ru_RU.UTF-8"}, "ru"), ({"LANG": "ru_RU", "LC_ALL": "kk_KZ"}, "kk"), ({}, "en"),
     ({"LANG": "C"}, "en"), ({"LC_ALL": "", "LANG": "kk_KZ"}, "kk")],
)  # fmt: skip
def test_the_systems_language_is_the_default(environ, spoken, monkeypatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert set_language() == spoken
    assert system_language()[:1].isalpha()


def test_a_text_can_be_had_in_english_whatever_is_spoken(monkeypatch) -> None:
    speak(monkeypatch, "ru", {"Done": "Готово", ("{n} day", "{n} days"): ("день", "дня", "дней")})
    assert i18n.in_source(lambda: tr("Done") + trn("{n} day", "{n} days", 2)) == "Done2 days"
    assert tr("Done") == "Готово"


def test_words_are_said_in_another_language_on_one_thread_alone() -> None:
    heard: list[str] = []

    def meanwhile() -> str:
        other = threading.Thread(target=lambda: heard.append(tr("Done")))
        other.start()
        other.join()
        return f"{language()} {tr('Done')} {i18n.decimal(1.5)}"

    assert i18n.in_language("ru", meanwhile) == "ru Готово 1,5"
    assert heard == ["Done"] and (language(), tr("Done")) == ("en", "Done")


def test_a_switch_on_one_thread_never_mixes_two_languages_on_another(monkeypatch) -> None:
    speak(monkeypatch, "ru", {"{a} and {b}": "{a} и {b}"})
    russian, english = i18n._Spoken.now, ("en", gettext.NullTranslations())
    seen: set[str] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.add(tr("{a} and {b}", a=1, b=2))

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(2000):
        i18n._Spoken.now = english if n % 2 else russian
    stop.set()
    reader.join()
    assert seen <= {"1 and 2", "1 и 2"}


@pytest.mark.parametrize("code", translations.TRANSLATED)
def test_the_compiled_file_is_the_one_of_its_source(code: str) -> None:
    committed = translations.po_file(code).with_suffix(".mo").read_bytes()
    assert translations.compiled(translations.read(code)) == committed


@pytest.mark.parametrize("code", translations.TRANSLATED)
def test_translations_keep_the_holes_of_their_text(code: str) -> None:
    """A hole that is lost or misspelt would show a name in place of a value."""
    for message in translations.read(code):
        sources, translated = all_forms(message.id), all_forms(message.string)
        known = {hole for text in sources for hole in i18n._HOLE.findall(text)}
        for text in filter(None, translated) if any(sources) else ():
            holes = set(i18n._HOLE.findall(text))
            assert holes <= known and known - holes <= {"n"}, f"{sources[0]!r} -> {text!r}"


def all_forms(text: object) -> tuple[str, ...]:
    """The one form of a text, or all its plural forms."""
    return tuple(text) if isinstance(text, list | tuple) else (str(text or ""),)


def test_each_language_has_a_catalogue_and_a_name() -> None:
    assert {"en", *translations.TRANSLATED} == LANGUAGES.keys()


def test_an_updated_translation_keeps_what_is_known_and_drops_what_is_gone(monkeypatch) -> None:
    old, template = Catalog("ru"), Catalog()
    old.add("Reply", "Ответить")
    old.add("Gone", "Ушло")
    template.add("Reply")
    template.add("Send")
    monkeypatch.setattr(translations, "read", lambda _: old)

    new = translations.updated("ru", template)

    assert {m.id: m.string for m in new if m.id} == {"Reply": "Ответить", "Send": ""}
    assert translations.untranslated(template)["ru"] == ["Send"]
