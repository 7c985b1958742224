"""Brand words: must, any, not; whole words; case and accents; scripts without blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.rules.brand_words import read_brand_words


def keeps(rules: str, text: str) -> bool:
    return read_brand_words(rules).keep(text)


@pytest.mark.parametrize("rules", ["", "\n \n", "+\n-\n*"])
def test_no_words_keep_everything(rules):
    assert keeps(rules, "anything") and keeps(rules, "")


def test_one_of_the_plain_words_is_enough():
    assert keeps("acme\nnord coffee", "I love Nord  Coffee!")
    assert not keeps("acme\nnord coffee", "nord is where coffee grows")


def test_every_plus_word_must_occur_and_no_minus_word_may():
    rules = "acme\n+recall\n-jobs"
    assert keeps(rules, "Acme recall")
    assert not keeps(rules, "Acme is fine")
    assert not keeps(rules, "Acme recall, jobs lost")


def test_minus_alone_keeps_the_rest():
    assert keeps("-jobs", "coffee") and not keeps("-jobs", "Jobs!")


@pytest.mark.parametrize(
    ("word", "text", "kept"),
    [
        ("acme", "ACME's shop", True),
        ("acme", "acmeology", False),
        ("acme", "my_acme", False),
        ("acme*", "acmeology", True),
        ("acme*", "placmeology", False),
        ("cafe", "Café am Markt", True),
        ("café", "cafe", False),
        ("café", "CAFE\u0301", True),
        ("straße", "STRASSE", True),
        ('"ACME"', "ACME", True),
        ('"ACME"', "acme", False),
        ("ёлка", "елка", True),
        ("елка", "Ёлка", True),
        ("май", "маи", False),
        ("маи", "май", False),
        ("ﬁn", "fin", True),
        ("coffee", "ｃｏｆｆｅｅ", True),
        ("珈琲", "美味しい珈琲です", True),
        ("กาแฟ", "ร้านกาแฟดี", True),
        ("काम", "कामों", False),
        ("काम", "अच्छा काम है", True),
        ("c++", "we use C++, too", True),
        ("@nord", "hello @nord!", True),
        ("қазақ", "ҚАЗАҚ елі", True),
        ("istanbul", "İstanbul", True),
    ],
)
def test_words_are_found_as_people_mean_them(word, text, kept):
    assert keeps(word, text) is kept


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_rule_and_any_text_are_read(rules, text):
    assert keeps(rules, text) in {True, False}


@given(st.text(st.characters(categories=["Ll", "Lu"], max_codepoint=0x24F), min_size=1, max_size=9))
def test_a_word_is_found_in_itself_and_between_blanks(word):
    assert keeps(word, word) and keeps(word, f"a {word} b")
