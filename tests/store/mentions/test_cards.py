"""A capability record comes back as it was told, every field of it."""

from dataclasses import fields

from socialdesk.domain.account import Can, Card
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Author, Visibility
from socialdesk.domain.price import PostPrices
from socialdesk.domain.replies.picture import PictureRule
from socialdesk.store.mentions.cards import packed, unpacked

OWN = Author(
    "did:x", "@shop@pond.example", "Shop", "https://pond.example", "https://a.example", 7, True
)
RULE = LengthRule(300, Unit.GRAPHEME, 23, True, 3000, True)
CARD = Card(
    OWN, Can.FETCH | Can.REPLY, RULE, "pond", "pond.example", 61, 3600, Visibility.UNLISTED, True,
    PictureRule(4, 1_000_000, ("image/png",), 1500), PostPrices(10_000, 15_000, 200_000),
    False,
)  # fmt: skip
PLAIN = Card(Author("", ""), Can(0), LengthRule(0))


def test_every_field_comes_back() -> None:
    assert unpacked(packed(CARD)) == CARD
    assert unpacked(packed(PLAIN)) == PLAIN


def test_no_field_of_the_sample_is_left_at_its_default() -> None:
    for value, plain in ((CARD, PLAIN), (RULE, PLAIN.length), (OWN, PLAIN.own)):
        assert all(getattr(value, f.name) != getattr(plain, f.name) for f in fields(value))


def test_a_damaged_record_is_asked_for_again() -> None:
    for text in ("", "{}", "[]", packed(CARD)[:-9], '{"length": [1]}'):
        assert unpacked(text) is None
