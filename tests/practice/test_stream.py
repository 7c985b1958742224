"""The stream is a pure function of content, seed and time; the content keeps its promises."""

from collections import Counter
from dataclasses import replace
from itertools import islice, pairwise, takewhile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.replies.template import slots
from socialdesk.places import resource
from socialdesk.practice.content import BRAND, Content, Line, Phrase, load_content
from socialdesk.practice.kinds import Kind
from socialdesk.practice.network import PracticeNetwork
from socialdesk.practice.stream import Deleted, Edited, Event, Reposted, Wrote, answer_to, events

CONTENT = load_content(resource("practice"))
TEN_MINUTES_MS = 600_000
SEEDS = st.integers(0, 2**31)


def until(ms: int, seed: int = 7, content: Content = CONTENT) -> list[Event]:
    return list(takewhile(lambda event: event.at_ms <= ms, events(content, seed)))


def wrote(happened: list[Event]) -> list[Line]:
    return [e.line for e in happened if isinstance(e, Wrote) and e.at_ms >= 0]


def reaches_us(line: Line) -> bool:
    text = line.text.casefold()
    named = (f"@{CONTENT.brand.handle}", f"#{CONTENT.hashtag}", CONTENT.keyword)
    return line.by != BRAND and any(name.casefold() in text for name in named)


def test_first_ten_minutes_bring_some_forty_mentions_of_every_sort():
    lines = [line for line in wrote(until(TEN_MINUTES_MS)) if reaches_us(line)]
    assert 40 <= len(lines) <= 50
    languages = Counter(line.lang for line in lines)
    assert min(languages["en"], languages["ru"], languages["kk"]) >= 10
    assert {"question", "complaint", "praise", "idea", "spam", "hostile"} <= {
        line.kind for line in lines
    }
    assert max(CONTENT.people[line.by].n_followers for line in lines) >= 250_000


def test_first_ten_minutes_hold_an_edit_a_deletion_and_a_repost_chain():
    happened = until(TEN_MINUTES_MS)
    reposts = Counter(e.key for e in happened if isinstance(e, Reposted))
    assert [e.key for e in happened if isinstance(e, Edited)] == ["wrong-number"]
    assert [e.key for e in happened if isinstance(e, Deleted)] == ["regret"]
    assert reposts.most_common(1) == [("mould", 5)]


def test_every_scripted_line_that_is_not_ours_reaches_us():
    strays = [line.key for line in CONTENT.script if line.by != BRAND and not reaches_us(line)]
    assert strays == []


def test_threads_of_two_to_four_posts_by_one_author():
    by_key = {line.key: line for line in CONTENT.script}
    parents = [(line, by_key[line.to]) for line in CONTENT.script if line.to]
    followed = {child.key for child, parent in parents if child.by == parent.by}
    assert {"open-sunday-2", "late-order-2", "found-late"} <= followed


def test_all_invented_hosts_end_in_example_and_the_notes_say_so():
    hosts = {person.host for person in CONTENT.people.values()} - {""}
    assert [host for host in hosts if not host.endswith(".example")] == []
    assert set(CONTENT.notes) == {"en", "ru", "kk"}
    assert CONTENT.brand.name.endswith("(invented bakery)")


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_endless_stream_speaks_every_language_with_all_slots_filled(lang: str):
    lines = [e.line for e in islice(events(CONTENT, 7), 400) if isinstance(e, Wrote)]
    spoken = [line.text for line in lines if line.key.startswith("endless/") and line.lang == lang]
    assert len(spoken) > 50
    assert [text for text in spoken if "{" in text] == []


def test_endless_stream_pauses_four_to_eight_minutes():
    at_ms = [e.at_ms for e in islice(events(CONTENT, 7), 500) if isinstance(e, Wrote)]
    pauses_s = [(b - a) / 1000 for a, b in pairwise(at_ms[60:])]
    assert 235 <= min(pauses_s) <= max(pauses_s) <= 485


def test_only_bots_spam_and_scripted_people_stay_in_the_script():
    lines = [e.line for e in islice(events(CONTENT, 3), 900) if isinstance(e, Wrote)]
    endless = [line for line in lines if line.key.startswith("endless/")]
    spammers = {line.by for line in endless if line.kind == "spam"}
    others = {line.by for line in endless if line.kind != "spam"}
    assert spammers == {"cheapfans", "seo"}
    assert not others & {"marta", "mallory", "townnews", *spammers}


@settings(max_examples=40)
@given(SEEDS, st.lists(st.integers(-500_000_000, 20_000_000), min_size=1, max_size=6))
def test_what_exists_depends_on_seed_and_time_alone(seed: int, times: list[int]):
    longest = until(max(times), seed)
    for at_ms in times:
        assert until(at_ms, seed) == [e for e in longest if e.at_ms <= at_ms]
    assert longest == sorted(longest, key=lambda e: (e.at_ms, e.key))


@given(SEEDS)
def test_nothing_happens_to_a_post_before_it_is_there(seed: int):
    there: set[str] = set()
    for event in until(3_600_000, seed):
        if isinstance(event, Wrote):
            assert event.line.to in there or not event.line.to
            there.add(event.key)
        assert event.key in there


def test_another_seed_is_another_day():
    assert until(TEN_MINUTES_MS, 7) != until(TEN_MINUTES_MS, 8)


def test_people_answer_a_reply_one_or_two_minutes_later_and_name_us():
    asked = [line for line in CONTENT.script if line.kind in {"question", "complaint"}]
    answers = [answer_to(CONTENT, 7, line, 0, 1_000) for line in asked]
    said = [answer for answer in answers if answer is not None]
    assert 0.5 < len(said) / len(answers) < 1
    assert all(60_000 <= answer.at_ms - 1_000 <= 120_000 for answer in said)
    assert all(reaches_us(answer.line) for answer in said)
    assert said == [a for a in (answer_to(CONTENT, 7, x, 0, 1_000) for x in asked) if a]


def test_spam_never_answers_and_nobody_answers_a_third_time():
    spam = next(line for line in CONTENT.script if line.kind == "spam")
    praise = next(line for line in CONTENT.script if line.kind == "praise")
    assert [answer_to(CONTENT, seed, spam, 0, 0) for seed in range(30)] == [None] * 30
    assert [answer_to(CONTENT, seed, praise, 2, 0) for seed in range(30)] == [None] * 30


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('key = "a"\nat_s = 1\nby = "nobody"\ntext = "x"', "line a: 'nobody'"),
        ('key = "a"\nat_s = 1\nby = "ann"\ntext = "x"\nto = "b"', "answers b"),
        ('key = "a"\nat_s = 1\nby = "ann"\ntext = "x"\nmood = "b"', "mood"),
        (
            'key = "a"\nat_s = 1\nby = "ann"\ntext = "x"\nreposts = [{ at_s = 2, by = "nobody" }]',
            "nobody",
        ),
    ],
)
def test_a_stream_that_does_not_fit_is_refused(tmp_path: Path, line: str, why: str):
    for name in ("brand.toml", "people.toml", "variations.toml"):
        (tmp_path / name).write_bytes((resource("practice") / name).read_bytes())
    (tmp_path / "streams").mkdir()
    (tmp_path / "streams" / "drill.toml").write_text(f"[[line]]\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=why):
        load_content(tmp_path, "drill")


def test_phrases_use_only_words_their_language_has():
    unknown = [
        (phrase, name)
        for phrase in CONTENT.phrases
        for name in _slots(phrase)
        if name not in CONTENT.words[phrase.lang]
    ]
    assert unknown == []


def _slots(phrase: Phrase) -> list[str]:
    return [name for name in slots(phrase.text) if name != "order_number"]


def test_a_drill_can_be_silent_after_its_script(tmp_path: Path):
    quiet = replace(CONTENT, every_s=0.0)
    happened = list(events(quiet, 7))
    assert max(event.at_ms for event in happened) < TEN_MINUTES_MS
    network = PracticeNetwork(
        tmp_path / "drill.jsonl", quiet, now_ms=0, seed=7, speed=1.0, kind=Kind.HONOURS_KEY
    )
    network.advance(10 * TEN_MINUTES_MS)
    n_there = sum(isinstance(e, Wrote) for e in happened) - 1  # one is deleted
    assert len(network.posts) == n_there
    network.close()
