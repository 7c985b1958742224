"""Only approved versions are offered, in the mention's language where there is one."""

import pytest

from socialdesk.domain.queue.rows import TemplateRow, VersionRow
from socialdesk.domain.replies.template import TemplateState
from socialdesk.ui.compose.choosing import choice_of, choices, narrowed


def a_version(number, lang="en", state=TemplateState.APPROVED, body="We are sorry."):
    return VersionRow(number, number, lang, body, "Aliya", 0, state, hash=f"h{number}")


def a_template(number, name="Late delivery", versions=(), folder="", n_uses=0, **more):
    return TemplateRow(number, name, folder, n_uses, tuple(versions), **more)


def test_unapproved_and_archived_words_are_not_offered():
    draft = a_template(1, versions=[a_version(1, state=TemplateState.DRAFT)])
    gone = a_template(2, versions=[a_version(2)], is_archived=True)
    old = a_template(3, versions=[a_version(3, state=TemplateState.ARCHIVED)])
    assert choices([draft, gone, old]) == []


def test_a_newer_draft_leaves_the_approved_version_on_offer():
    row = a_template(1, versions=[a_version(2, state=TemplateState.DRAFT), a_version(1)])
    assert [v.id for v in choices([row])[0].versions] == [1]


@pytest.mark.parametrize(
    ("lang", "chosen"),
    [("kk", "kk"), ("kk-KZ", "kk"), ("KK", "kk"), ("de", "en"), ("", "en"), ("ru", "ru")],
)
def test_the_language_follows_the_mention(lang, chosen):
    versions = [a_version(1, "en"), a_version(2, "kk"), a_version(3, "ru")]
    assert choices([a_template(1, versions=versions)])[0].version(lang).lang == chosen


def test_without_english_any_language_is_better_than_none():
    assert choices([a_template(1, versions=[a_version(1, "kk")])])[0].version("de").lang == "kk"


def test_names_that_begin_with_the_letters_come_first():
    offered = choices([
        a_template(1, "Wrong order", [a_version(1)], n_uses=90),
        a_template(2, "Order is late", [a_version(2)], n_uses=1),
        a_template(3, "Thanks", [a_version(3, body="Your order was a joy.")], n_uses=99),
        a_template(4, "Opening hours", [a_version(4)]),
    ])  # fmt: skip
    assert [c.template_id for c in narrowed(offered, "ord")] == [2, 1, 3]


def test_nothing_typed_offers_the_most_used_first():
    offered = choices(
        [a_template(n, f"T{n}", [a_version(n)], n_uses=uses) for n, uses in ((1, 3), (2, 8))]
    )
    assert [c.template_id for c in narrowed(offered, " ")] == [2, 1]


def test_every_typed_word_must_be_there():
    offered = choices([a_template(1, "Late delivery", [a_version(1)], folder="Қайғы")])
    assert narrowed(offered, "қайғы sorry") == offered
    assert narrowed(offered, "late never") == []


def test_a_version_that_is_no_longer_on_offer_has_no_choice():
    offered = choices([a_template(1, versions=[a_version(5)])])
    assert choice_of(offered, 5) is offered[0]
    assert choice_of(offered, 4) is None
