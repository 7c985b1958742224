"""What somebody wants: clear cues are told, little is left open."""

from dataclasses import replace

import pytest

from socialdesk.analysis.intent import LEAST, Signs, intent_of
from socialdesk.analysis.reader import TableReader
from socialdesk.analysis.words import Cue
from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.places import resource
from tests.eval.measure_kinds import kinds

READER = TableReader(resource("models"))


def signs(**changes) -> Signs:
    plain = Signs({}, None, 8, n_links=0, n_tags=0, has_question_mark=False, first_word_asks=False)
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("changes", "intent"),
    [
        ({"found": {Cue.FAILURE: ["late"], Cue.DANGER: ["hospital"]}}, Intent.COMPLAINT),
        ({"has_question_mark": True}, Intent.QUESTION),
        ({"found": {Cue.PRAISE: ["great"], Cue.THANKS: ["thanks"]}}, Intent.PRAISE),
        ({"found": {Cue.IDEA: ["bring back"]}}, Intent.IDEA),
        ({"found": {Cue.PRESS: ["for comment"]}}, Intent.PRESS),
        ({"found": {Cue.SPAM: ["followers", "dm us"]}, "n_links": 1}, Intent.SPAM),
        ({"moods": {Sentiment.NEGATIVE: 0.01, Sentiment.NEUTRAL: 0.98, Sentiment.POSITIVE: 0.01},
          "n_words": 2}, Intent.OTHER),
        ({}, Intent.UNSURE),
        ({"n_words": 0}, Intent.UNSURE),
    ],
)  # fmt: skip
def test_cues_tell_the_kind(changes, intent):
    assert intent_of(signs(**changes))[0] is intent


def test_a_question_about_a_failure_is_a_complaint_or_left_open_but_no_praise():
    told, _ = intent_of(signs(has_question_mark=True, found={Cue.FAILURE: ["late", "refund"]}))
    assert told in {Intent.COMPLAINT, Intent.UNSURE}


def test_what_is_told_has_the_share_for_it():
    for kind in kinds():
        reading = READER.read(kind.text)
        assert (reading.intent is Intent.UNSURE) == (reading.intent_confidence < LEAST)


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_of_the_invented_mentions_few_are_told_wrong(lang):
    """Wrong is worse than unsure: the operator trusts a kind that is told."""
    told = [
        (kind.intent, said)
        for kind in kinds()
        if kind.lang == lang and (said := READER.read(kind.text).intent) is not Intent.UNSURE
    ]
    right = sum(truth is said for truth, said in told)
    assert right / len(told) > 0.85
    assert len(told) / sum(kind.lang == lang for kind in kinds()) > 0.6
