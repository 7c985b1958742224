"""The playbook format check: all languages, places, lengths; and that each fault is told."""

import tomllib
from copy import deepcopy
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.playbooks.playbook import LANGS, TYPES, Common, Playbook
from socialdesk.domain.playbooks.playbook_check import (
    MAX_POST_CHARS,
    FaultKind,
    PlaybookError,
    measured,
)
from socialdesk.domain.playbooks.playbook_load import common_of, playbook_of
from socialdesk.domain.replies.placeholder import fill, odd_braces, placeholders
from socialdesk.places import resource

RAW = {
    path.stem: tomllib.loads(path.read_text("utf-8"))
    for path in resource("playbooks").glob("*.toml")
}


@cache
def common() -> Common:
    return common_of(RAW["common"])


@cache
def playbooks() -> list[Playbook]:
    return [playbook_of(RAW[type_], common(), type_) for type_ in TYPES]


def all_texts(value):
    """Every text in a parsed file, those under a key only."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from () if key in NO_TEXT else all_texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from all_texts(one)


NO_TEXT = ("key", "id", "version", "cluster", "posture", "avoid", "gate", "phase", "role",
           "placeholders")  # fmt: skip


def test_playbook_format_check_over_all_languages_places_and_lengths():
    assert {*RAW} == {*TYPES, "common"}
    shared, longest = common(), 0
    for p in playbooks():
        assert {*p.title} == {*p.when} == {*p.watch} == {*p.holding} == {*p.resolution} == {*LANGS}
        posts = [h.short for h in p.holding.values()]
        posts += [text for line in (*p.lines, *shared.lines) for text in line.text.values()]
        longest = max(longest, *map(measured, posts))
    assert 150 < longest <= MAX_POST_CHARS
    for raw in RAW.values():
        for text in all_texts(raw):
            assert not odd_braces(text), text
            assert {*placeholders(text)} <= {*shared.placeholders}, text
            assert text == " ".join(text.split()), text


def faults(change, file="outage"):
    """What the check says of a shipped file after `change(raw)`."""
    raw = deepcopy(RAW[file])
    change(raw)
    with pytest.raises(PlaybookError) as told:
        common_of(raw) if file == "common" else playbook_of(raw, common(), file)
    return [(f.file, f.key, f.kind) for f in told.value.faults]


def put(*path_and_value):
    """A change that puts a value at a path."""
    *path, last, value = path_and_value

    def change(raw):
        for step in path:
            raw = raw[step]
        raw[last] = value

    return change


K = FaultKind


@pytest.mark.parametrize(
    ("change", "key", "kind"),
    [
        (put("schema", 2), "schema", K.SCHEMA),
        (put("id", "recall"), "id", K.BAD_VALUE),
        (put("holding", "kk", "sorry", "Кешірім {whose}."), "holding.kk.sorry", K.UNKNOWN_PLACE),
        (put("holding", "en", "know", "At {since. Yes."), "holding.en.know", K.ODD_BRACE),
        (put("holding", "en", "know", "At {since!r}."), "holding.en.know", K.ODD_BRACE),
        (put("holding", "en", "know", "At {since} and {ended}."), "holding.en.know",
         K.OTHER_PLACES),
        (put("line", 0, "ru", "{name}, простите."), "line.affected.ru", K.OTHER_PLACES),
        (put("holding", "ru", "sorry", " Простите {what}."), "holding.ru.sorry", K.BLANKS),
        (put("holding", "ru", "sorry", "Простите  {what}."), "holding.ru.sorry", K.BLANKS),
        (put("holding", "ru", "sorry", "Простите\n{what}."), "holding.ru.sorry", K.BLANKS),
        (put("title", "kk", ""), "title.kk", K.EMPTY),
        (put("title", "de", "Ausfall"), "title.de", K.UNKNOWN_KEY),
        (put("humor", True), "humor", K.UNKNOWN_KEY),
        (put("line", 0, "claims", True), "line.affected.claims", K.UNKNOWN_KEY),
        (put("line", 1, "key", "affected"), "line.affected", K.TWICE),
        (put("line", 1, "key", "thanks"), "line.thanks", K.TWICE),
        (put("cluster", "guilty"), "cluster", K.BAD_VALUE),
        (put("posture", ["attack"]), "posture", K.BAD_VALUE),
        (put("sev_default", True), "sev_default", K.BAD_VALUE),
        (put("step", 0, "due_min", -2), "step.workaround.due_min", K.BAD_VALUE),
        (put("step", 0, "role", "boss"), "step.workaround.role", K.BAD_VALUE),
        (put("fact", "none"), "fact", K.BAD_VALUE),
        (put("watch", "kk", ["{what}"]), "watch.kk", K.BAD_VALUE),
        (put("watch", "kk", []), "watch.kk", K.BAD_VALUE),
        (put("watch", "kk", ["ө"]), "watch.kk", K.BAD_VALUE),
        (put("line", 0, "en", "{name} {next_update_at} " + "a" * 280), "line.affected.en",
         K.TOO_LONG),
        (lambda raw: raw["holding"].pop("kk"), "holding.kk", K.MISSING),
        (lambda raw: raw["holding"]["kk"].pop("short"), "holding.kk.short", K.MISSING),
        (lambda raw: raw["line"][0].pop("kk"), "line.affected.kk", K.MISSING),
        (lambda raw: raw.pop("version"), "version", K.MISSING),
        (lambda raw: raw["line"][0].pop("claim"), "line.affected.claim", K.MISSING),
    ],
)  # fmt: skip
def test_each_fault_is_told_by_file_and_key(change, key, kind):
    told = faults(change)
    assert ("outage", key, kind) in told
    assert {(file, k) for file, k, _ in told} == {("outage", key)}  # and nothing else is blamed


@pytest.mark.parametrize(
    ("change", "key", "kind"),
    [
        (put("holding_next", "kk", "Келесі."), "holding_next.kk", K.OTHER_PLACES),
        (put("update", "en", "doing", "Now: {doings}."), "update.en.doing", K.UNKNOWN_PLACE),
        (put("lint", "blame", "ru", "тролл"), "lint.blame.ru", K.BAD_VALUE),
        (put("review", "kk", "no"), "review.kk", K.BAD_VALUE),
        (lambda raw: raw.pop("second_look"), "second_look", K.MISSING),
    ],
)
def test_each_fault_of_the_shared_texts_is_told(change, key, kind):
    told = faults(change, "common")
    assert ("common", key, kind) in told
    assert {k.rpartition(".")[0] or k for _, k, _ in told} == {key.rpartition(".")[0] or key}


def test_a_clock_counts_in_one_unit():
    assert faults(put("clock", 0, "business_days", 1), "breach") == [
        ("breach", "clock.gdpr_art33.hours", K.BAD_VALUE)
    ]


def test_all_faults_are_told_at_once():
    def change(raw):
        raw["title"]["en"] = "  Outage"
        raw["holding"]["kk"]["sorry"] = "{what"

    assert len(faults(change)) >= 2


def test_a_copy_says_itself_who_read_it_and_others_follow_the_shared_texts():
    assert not playbook_of(RAW["outage"], common()).is_reviewed("kk")
    assert playbook_of(RAW["outage"], common()).is_reviewed("ru")
    own = {**RAW["outage"], "review": {"en": True, "ru": True, "kk": True}}
    assert playbook_of(own, common()).is_reviewed("kk")


def test_samples_fill_every_place():
    for p in playbooks():
        for holding in p.holding.values():
            n = len(fill(holding.short, dict.fromkeys(common().placeholders, "x")))
            assert measured(holding.short) > n > 0


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=6,
)


def spots(value, path=()):
    """Every place in a file, as a path."""
    found = [path] if path else []
    if isinstance(value, list):
        value = dict(enumerate(value))
    for key, inner in value.items() if isinstance(value, dict) else ():
        found += spots(inner, (*path, key))
    return found


@settings(max_examples=300)
@given(st.sampled_from(sorted(RAW)).flatmap(
    lambda file: st.tuples(st.just(file), st.sampled_from(spots(RAW[file])), JSON)
))  # fmt: skip
def test_whatever_stands_in_a_file_is_a_fault_or_a_playbook(case):
    file, path, value = case
    raw = deepcopy(RAW[file])
    put(*path, value)(raw)
    try:
        made = common_of(raw) if file == "common" else playbook_of(raw, common(), file)
    except PlaybookError as e:
        assert all(fault.file == file for fault in e.faults)
    else:
        assert made.version
