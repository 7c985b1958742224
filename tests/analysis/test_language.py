"""Which language a text is in: the rules, the model, and when neither dares to say."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.analysis.language import (
    DEFAULT_LANGUAGES,
    MIN_LETTERS,
    OFFERED,
    Languages,
    main_script,
)
from socialdesk.analysis.language_model import LanguageModel
from socialdesk.places import resource
from tests.eval.measure_kinds import kinds

MODEL = LanguageModel(resource("models", "language.model"))
DEFAULT = Languages(DEFAULT_LANGUAGES, MODEL)
ALL = Languages(OFFERED, MODEL)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Нан қашан дайын болады?", "kk"),
        ("заказ калай келеди, жауап бериниз", "kk"),  # without its letters
        ("Где мой заказ? Жду второй день", "ru"),
        ("where is my order", "en"),
        ("Wo bleibt meine Bestellung? Seit drei Tagen keine Antwort", ""),  # nobody ticked it
        ("Ще не прийшло моє замовлення", ""),
        ("النص العربي هنا طويل", ""),
        ("lol", ""),
        ("ok", ""),
        ("😀 12:30", ""),
    ],
)
def test_with_the_default_languages(text, lang):
    assert DEFAULT.of(text) == lang


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Wo bleibt meine Bestellung? Seit drei Tagen keine Antwort", "de"),
        ("Je n'ai toujours pas reçu ma commande, que se passe-t-il ?", "fr"),
        ("¿Dónde está mi pedido? Llevo tres días esperando", "es"),
        ("Non ho ancora ricevuto il mio ordine, qualcuno mi risponde?", "it"),
        ("Ainda não recebi minha encomenda, alguém pode me ajudar?", "pt"),
        ("Siparişim hâlâ gelmedi, kimse cevap vermiyor", "tr"),
        ("Ще не прийшло моє замовлення, хто відповість?", "uk"),
        ("النص العربي هنا طويل بما يكفي", "ar"),
        ("मेरा ऑर्डर अभी तक नहीं आया", "hi"),
    ],
)
def test_with_every_language(text, lang):
    assert ALL.of(text) == lang


def test_the_networks_word_is_weak_evidence():
    assert (DEFAULT.of("спс"), DEFAULT.of("спс", "ru-RU")) == ("", "ru")
    assert DEFAULT.of("Где мой заказ? Жду второй день", "kk") == "ru"  # set once, and forgotten
    assert DEFAULT.of("where is my order", "ru") == "en"


def test_kazakh_letters_settle_nothing_where_kyrgyz_or_ukrainian_has_them():
    assert Languages(("kk", "ky"), MODEL).of("Бүгүн кечинде силерге келем, нан барбы?") == "ky"
    assert Languages(("kk", "uk"), MODEL).of("Коли відкриєтеся в неділю, підкажіть") == "uk"


def test_without_a_model_the_rules_remain():
    rules = Languages(DEFAULT_LANGUAGES, None)
    assert [rules.of(text) for text in ("нан қайда", "что это такое", "where is the bread")] == [
        "kk", "ru", "en",
    ]  # fmt: skip
    assert rules.of("непонятно") == ""


@given(st.text(max_size=300), st.text(max_size=8), st.sets(st.sampled_from(OFFERED)))
def test_only_a_ticked_language_is_ever_told(text, hint, ticked):
    assert Languages([*ticked], MODEL).of(text, hint) in ticked | {""}


@given(st.text(max_size=300), st.sets(st.sampled_from(OFFERED), min_size=1))
def test_the_models_shares_sum_to_one(text, among):
    shares = MODEL.probabilities(text, sorted(among))
    assert shares.keys() == among
    assert sum(shares.values()) == pytest.approx(1)


@given(st.text(st.sampled_from("ab×÷éяіқ٣نअ漢1_ .😀") | st.characters(), max_size=40))
def test_the_script_is_that_of_half_the_letters_or_more(text):
    counts = {
        "latin": len(re.findall(r"[A-Za-z\u00c0-\u024f]", text)),
        "cyrillic": len(re.findall(r"[\u0400-\u052f]", text)),
        "arabic": len(re.findall(r"[\u0600-\u06ff]", text)),
        "devanagari": len(re.findall(r"[\u0900-\u097f]", text)),
    }
    best = max(counts, key=counts.__getitem__)
    is_enough = counts[best] >= max(MIN_LETTERS, len(re.findall(r"[^\W\d_]", text)) / 2)
    assert main_script(text) == (best if is_enough else "")


def test_the_script_of_most_letters_counts():
    assert main_script("заказ в McDonald") == "latin"
    assert main_script("где мой заказ TR-1") == "cyrillic"
    assert main_script("漢字漢字") == ""


def test_the_invented_mentions_are_told_by_language():
    told = [DEFAULT.of(kind.text) == kind.lang for kind in kinds()]
    assert sum(told) / len(told) > 0.95
