"""6. An approval is of one exact text, language, account and picture."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.crisis.approval import approval_hash, canonical_text
from socialdesk.engine.commands.answering import AddMedia
from socialdesk.engine.commands.statements import GiveLook, PublishStatement, SaveStatement
from tests.crisis.conftest import Answer, Shop
from tests.crisis.test_scenario_04 import a_feed

TEXT = "Кешірім сұраймыз.\nКелесі хабарлама: 14:30."
BOTH = ("mastodon:shop", "rss:blog")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "60606000000005000157a6d4a40000000049454e44ae426082"
)


def vector(text: str = TEXT, accounts: tuple[str, ...] = BOTH) -> str:
    return approval_hash(
        kind="holding", lang="kk", text=text, incident="INC-2026-0001", accounts=accounts
    )


def test_scenario_06_the_three_vectors_match() -> None:
    assert vector() == "6509de5a26a149333cc2e1aba96b89080e7c73f0b49aa2d7cb61b3242466c5a9"
    for same in (
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "  \n") + "\t",
        unicodedata.normalize("NFD", TEXT),
    ):
        assert vector(same) == vector()
    assert vector(accounts=BOTH[::-1]) == vector()
    later = vector(TEXT.replace("14:30", "14:31"))
    assert later == "2b6bdff817957b0bfeba92b58d9b494cd03ff564fa27120fcd2033de3ca82327"
    alone = vector(accounts=BOTH[:1])
    assert alone == "79b5a974ff9b38881f4b867b5d237cc91871a866d52aabc840eb69b206875bd5"


@given(st.text(max_size=60), st.sampled_from(["\r\n", "\r", " \n", "\t\n"]))
def test_scenario_06_line_ends_and_trailing_blanks_never_count(text: str, end: str) -> None:
    other = canonical_text(text).replace("\n", end) + end
    assert vector(other) == vector(text)


@given(st.text(min_size=1, max_size=40), st.integers(0, 39), st.characters(categories=["L", "N"]))
def test_scenario_06_one_letter_always_counts(text: str, at: int, letter: str) -> None:
    changed = text[:at] + letter + text[at + 1 :]
    is_same = canonical_text(changed) == canonical_text(text)
    assert (vector(changed) == vector(text)) is is_same


@pytest.fixture
def approved(shop: Shop) -> Answer:
    """A one-off answer in a small incident that somebody looked at."""
    shop.declare(severity=3)
    made = oneoff(shop, TEXT)
    shop.do(look(made))
    return made


def oneoff(shop: Shop, text: str, statement_id: int = 0, **facts) -> Answer:
    values = {"kind": "oneoff", "values": (), "next_update_at": 0, **facts}
    return shop.statement(1, text=text, statement_id=statement_id, **values)


def look(made: Answer) -> GiveLook:
    return GiveLook("statement", made["version_id"], made["hash"], "person_away", how="Dana, SMS")


def test_scenario_06_what_nobody_can_see_leaves_the_approval_standing(
    shop: Shop, approved: Answer
) -> None:
    same = oneoff(shop, TEXT.replace("\n", " \r\n") + "  \n", approved["statement_id"])
    assert (same["version_id"], same["hash"]) == (approved["version_id"], approved["hash"])
    assert len(shop.do(PublishStatement(same["version_id"]))["outbox"]) == 1
    assert shop.events("approval_ended") == []


@pytest.mark.parametrize("changed", ["letter", "account", "language", "picture"])
def test_scenario_06_any_change_needs_a_new_look(
    shop: Shop, approved: Answer, changed: str, tmp_path: Path
) -> None:
    changes: dict[str, Callable[[], Answer]] = {
        "letter": lambda: {"text": TEXT.replace("14:30", "14:31")},
        "account": lambda: {"accounts": (shop.account(), a_feed(shop))},
        "language": lambda: {"lang": "kk"},
        "picture": lambda: {"pictures": (a_picture(shop, tmp_path),)},
    }
    other = changes[changed]()
    text = other.pop("text", TEXT)
    if "lang" in other:
        newer = shop.do(SaveStatement(1, "oneoff", "kk", approved["statement_id"], text=text,
                                      accounts=(shop.account(),)))  # fmt: skip
    else:
        newer = oneoff(shop, text, approved["statement_id"], **other)
    refusal = shop.refused(PublishStatement(newer["version_id"]))
    assert refusal.code == "R26"
    assert refusal.facts["old12"] == approved["hash"][:12]
    assert refusal.facts["new12"] == newer["hash"][:12] != approved["hash"][:12]
    shown_before = GiveLook(
        "statement", newer["version_id"], approved["hash"], "person_away", how="Dana"
    )
    assert shop.refused(shown_before).code == "R26"
    shop.do(look(newer))
    shop.do(PublishStatement(newer["version_id"]))


def a_picture(shop: Shop, folder: Path) -> tuple[str, str, str]:
    path = folder / "pixel.png"
    path.write_bytes(PIXEL)
    made = shop.do(AddMedia(str(path)))
    return made["file"], made["mime"], "one dot"
