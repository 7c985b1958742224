"""The eight drill streams hold what a drill needs, in order, and nothing of the real world."""

import re
import tomllib
import unicodedata
from collections import Counter

import pytest

from socialdesk.places import resource
from socialdesk.practice.content import BRAND, Line
from socialdesk.practice.drill_streams import (
    DRILLS,
    LENGTH_S,
    ONSET,
    DrillStream,
    load_drill,
)
from socialdesk.practice.markup import count_chars
from socialdesk.practice.stream import Wrote

MINUTE_MS = 60_000


def load(name: str) -> DrillStream:
    return load_drill(resource("practice"), resource("drills"), name)


@pytest.fixture(params=DRILLS)
def drill(request: pytest.FixtureRequest) -> DrillStream:
    return load(request.param)


def said(drill: DrillStream) -> list[tuple[int, Line]]:
    return [(e.at_ms, e.line) for e in drill.events() if isinstance(e, Wrote)]


def test_each_playbook_has_its_stream():
    playbooks = {path.stem for path in resource("playbooks").glob("*.toml")} - {"common"}
    assert {load(name).playbook for name in DRILLS} == playbooks


def test_a_stream_is_the_same_every_time_and_lasts_forty_minutes(drill: DrillStream):
    assert list(drill.events()) == list(load(drill.name).events())
    at_ms = [at for at, _ in said(drill)]
    assert at_ms == sorted(at_ms)
    assert 0 <= at_ms[0] and 37 * MINUTE_MS < at_ms[-1] <= LENGTH_S * 1000 + 5_000


def test_every_part_of_the_story_is_there(drill: DrillStream):
    n_parts = Counter(drill.parts.values())
    assert n_parts["event"] >= 12 and n_parts["noise"] >= 20 and n_parts["press"] >= 3
    assert [n_parts[part] for part in ("safety", "troll", "impostor", "claim")] == [1, 1, 1, 1]
    by = {line.by for _, line in said(drill) if drill.parts[line.key] == "rumour"}
    assert len(by) >= 5


def test_the_false_fact_comes_at_minute_25_after_the_claim(drill: DrillStream):
    claim = drill.at_ms(drill.keys_of("claim")[0])
    assert drill.parts["false-fact"] == "false_fact"
    assert claim < 15 * MINUTE_MS < 25 * MINUTE_MS <= drill.at_ms("false-fact") < 25.5 * MINUTE_MS


def test_nothing_bad_is_said_before_the_onset(drill: DrillStream):
    before = {drill.parts[line.key] for at, line in said(drill) if at < drill.onset_ms}
    assert before <= {"noise", "ours"}
    assert drill.parts[ONSET] == "event"
    assert 2 * MINUTE_MS < drill.onset_ms < 4 * MINUTE_MS


def test_three_authors_use_watch_words_within_five_minutes_of_the_onset(drill: DrillStream):
    watch = tomllib.loads((resource("playbooks") / f"{drill.playbook}.toml").read_text("utf-8"))[
        "watch"
    ]
    stems = [stem for lang in ("en", "ru", "kk") for stem in watch[lang]]
    by: dict[str, set[str]] = {"en": set(), "ru": set(), "kk": set()}
    for at, line in said(drill):
        if at <= drill.onset_ms + 5 * MINUTE_MS and has_word(line.text, stems):
            by[line.lang].add(line.by)
    assert sum(map(len, by.values())) >= 5
    assert all(by.values()), "each language has a voice among them"


def has_word(text: str, stems: list[str]) -> bool:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return any(re.search(rf"(?<!\w){re.escape(stem.casefold())}", folded) for stem in stems)


def test_all_three_languages_are_mixed(drill: DrillStream):
    langs = Counter(line.lang for _, line in said(drill))
    assert min(langs[lang] for lang in ("en", "ru", "kk")) >= 8


def test_every_line_reaches_us_and_fits_a_post(drill: DrillStream):
    content = drill.content
    named = (f"@{content.brand.handle}", f"#{content.hashtag}", content.keyword)
    lines = [line for _, line in said(drill)]
    deaf = [x.key for x in lines if not any(n.casefold() in x.text.casefold() for n in named)]
    assert deaf == []
    assert [x.key for x in lines if count_chars(x.text, "", 23) > 500] == []


def test_hosts_and_links_are_invented(drill: DrillStream):
    hosts = {person.host for person in drill.content.people.values()} - {""}
    links = {
        host for _, line in said(drill) for host in re.findall(r"https?://([^/\s]+)", line.text)
    }
    assert [host for host in hosts | links if not host.endswith(".example")] == []


def test_ours_alone_are_by_the_brand(drill: DrillStream):
    for _, line in said(drill):
        assert (line.by == BRAND) == (drill.parts[line.key] == "ours")


def test_an_unknown_stream_is_refused():
    with pytest.raises(ValueError, match="flood"):
        load("flood")
