"""The starter packs: one set of slots in every language, short enough for every network."""

import tomllib
from typing import Any

import pytest
import regex  # type: ignore[import-untyped]  # ships no types

from socialdesk.domain.replies.template import bad_braces, fill, slots
from socialdesk.places import resource

PACKS = ("bakery", "starter", "reviews")
LANGUAGES = {"en", "ru", "kk"}
SHORTEST_LIMIT = 300  # graphemes: Bluesky's; with typical values filled in
VALUES = {
    "first_name": "Айгерім",
    "order_number": "TR-4417",
    "time": "15:00",
    "day": "30.11",
    "phone": "+7 700 000 00 00",
    "hours": "7:30–20:00",
    "product": "қара бидай наны",
    "ingredients": "қара бидай ұны, су, ашытқы, тұз",
    "address": "Алма көшесі, 12",
    "answer": "1 200 ₸",
    "contact": "hello@tuliprye.example",
    "topic": "жеткізу уақыты мен қаптама",
    "date": "30.11",
    "agreement": "ақшаңызды сәрсенбіге дейін қайтарамыз",
    "reason": "қара бидай ұны және қолмен жасалған жұмыс",
}


def pack(name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads(resource("templates", f"{name}.toml").read_text("utf-8"))["template"])


ALL = [pytest.param(t, id=f"{name}: {t['name']}") for name in PACKS for t in pack(name)]


@pytest.mark.parametrize("template", ALL)
def test_every_language_has_the_same_slots_and_whole_braces(template: dict[str, Any]):
    texts = template["text"]
    assert set(texts) == LANGUAGES
    assert [bad for text in texts.values() for bad in bad_braces(text)] == []
    assert len({frozenset(slots(text)) for text in texts.values()}) == 1


@pytest.mark.parametrize("template", ALL)
def test_every_variant_filled_in_fits_the_shortest_network(template: dict[str, Any]):
    for text in template["text"].values():
        filled = fill(text, VALUES)
        assert slots(filled) == []
        assert len(regex.findall(r"\X", filled)) <= SHORTEST_LIMIT


@pytest.mark.parametrize("template", ALL)
def test_no_variant_names_anybody_by_a_network_handle(template: dict[str, Any]):
    assert [text for text in template["text"].values() if "@" in text or "#" in text] == []


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_has_eight_templates_in_folders_under_names_of_their_own(name: str):
    names = [template["name"] for template in pack(name)]
    assert len(names) >= 8
    assert len(set(names)) == len(names)
    assert all(template["folder"] for template in pack(name))


def test_packs_share_no_name_so_all_can_be_installed():
    names = [template["name"] for name in PACKS for template in pack(name)]
    assert len(set(names)) == len(names)


def test_a_question_and_a_complaint_can_be_answered_by_knowing_the_name_alone():
    easy = {t["name"] for t in pack("bakery") if slots(t["text"]["en"]) == ["first_name"]}
    assert {"An answer is coming", "Sorry, tell us more", "Thank you"} == easy
