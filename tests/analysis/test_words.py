"""Cue words: stems, several words in a row, letters left out, and what is not a cue."""

from pathlib import Path

import pytest

from socialdesk.analysis.features import tidied, tokens
from socialdesk.analysis.packed import ModelError
from socialdesk.analysis.words import Cue, Words, folded
from socialdesk.places import resource

FOLDER = resource("models", "words")
ALL = {lang: Words.read([FOLDER / f"{lang}.toml"]) for lang in ("en", "ru", "kk")}


def found(lang: str, text: str, cue: Cue) -> list[str]:
    return [*ALL[lang].found_in(tokens(tidied(text))).get(cue, ())]


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("en", "Delayed AND delaying, no refund", ["delayed", "refund"]),  # one stem, once
        ("en", "still waiting for two days", ["still waiting"]),  # the longer of the two
        ("en", "I was translated", []),  # not "late"
        ("en", "the shop is still", []),  # nothing follows
        ("ru", "Опять опоздали, верните деньги", ["опоздали", "верните"]),
        ("ru", "Хлеб чёрствый, а обещали свежий", ["чёрствый"]),
        ("kk", "Тапсырыс кешікті", ["кешікті"]),
        ("kk", "тапсырыс кешикти", ["кешикти"]),  # typed without the Kazakh letters
    ],
)
def test_words_of_failure(lang, text, words):
    assert found(lang, text, Cue.FAILURE) == words


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "my son got food poisoning from the soup"),
        ("en", "we will see you in court"),
        ("en", "there was a piece of glass in the salad"),
        ("ru", "у ребёнка аллергия, попали в больницу"),
        ("ru", "буду обращаться в Роспотребнадзор"),
        ("kk", "балам уланып ауруханаға түсті"),
        ("kk", "сотқа беремін"),
    ],
)
def test_danger_is_seen(lang, text):
    assert found(lang, text, Cue.DANGER)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "the issue of the day: which pursuit, which court shoes"),
        ("ru", "ждём субботы, посуда новая"),  # not "суд"
        ("kk", "сотовый қосылады"),  # not "сот"
    ],
)
def test_danger_is_not_seen_inside_other_words(lang, text):
    assert not found(lang, text, Cue.DANGER)


@pytest.mark.parametrize("lang", sorted(ALL))
def test_every_list_has_every_cue_and_no_line_twice(lang):
    words = Words.read([FOLDER / f"{lang}.toml"])
    assert {entry.cue for entry in words.entries()} == set(Cue)
    names = [(entry.cue, folded(entry.name)) for entry in words.entries()]
    assert not {name for name in names if names.count(name) > 1}


@pytest.mark.parametrize("text", ["failure = 3", "frogs = ['a']", "failure = ['']", "["])
def test_a_bad_list_is_a_model_error(tmp_path: Path, text):
    (tmp_path / "xx.toml").write_text(text)
    with pytest.raises(ModelError):
        Words.read([tmp_path / "xx.toml"])
