"""Record keys and facets of Bluesky: properties that hold for any text."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.networks.bluesky.facets import facets_of, with_links
from socialdesk.networks.bluesky.tid import ALPHABET, N_CHARS, tid_of

MADE_AT = datetime(2026, 11, 21, 12, 0, 0, 123_000, tzinfo=UTC)
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))


def resolve(handle):
    return f"did:plc:{handle}" if handle.endswith(".example") else None


def kinds(text):
    """What is marked in `text`: the slice of bytes and its kind."""
    raw = text.encode()
    return [
        (raw[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode(),
         f["features"][0]["$type"].partition("#")[2])
        for f in facets_of(text, resolve)
    ]  # fmt: skip


@given(TIMES, st.text())
def test_a_key_is_a_tid(made_at, dedupe_key):
    tid = tid_of(made_at, dedupe_key)
    assert len(tid) == N_CHARS and set(tid) <= set(ALPHABET)
    assert tid[0] in "234567abcdefghij"  # the top bit is zero
    assert tid == tid_of(made_at, dedupe_key)


@given(TIMES, st.timedeltas(timedelta(milliseconds=1), timedelta(days=900)), st.text(), st.text())
def test_keys_sort_as_time_does(made_at, later, key, other):
    assert tid_of(made_at, key) < tid_of(made_at + later, other)


def test_a_key_survives_the_store_which_keeps_milliseconds():
    assert tid_of(MADE_AT, "a") == tid_of(MADE_AT.replace(microsecond=123_999), "a")


def test_replies_of_one_millisecond_have_keys_of_their_own():
    assert len({tid_of(MADE_AT, f"key-{n}") for n in range(500)}) > 490


def test_a_key_decodes_to_its_time():
    number = 0
    for char in tid_of(MADE_AT, "key"):
        number = number * 32 + ALPHABET.index(char)
    micros = number >> 10
    assert micros // 1000 == int(MADE_AT.timestamp() * 1000)


@pytest.mark.parametrize(("text", "marked"), [
    ("Hi @ann.example!", [("@ann.example", "mention")]),
    ("Hi @nobody.test and a@b.example", []),
    ("(see https://shop.example/a_(b)).", [("https://shop.example/a_(b)", "link")]),
    ("(https://shop.example)", [("https://shop.example", "link")]),
    ("HTTPS://Shop.example/Ü?q=1, ok", [("HTTPS://Shop.example/Ü?q=1", "link")]),
    ("https:// and http://", []),
    ("👨‍👩‍👧‍👦 #café! #1 ##x #a#b", [("#café", "tag"), ("##x", "tag"), ("#a#b", "tag")]),
    ("#" + "x" * 65, []),
    ("https://shop.example/#tag @ann.example", [
        ("https://shop.example/#tag", "link"), ("@ann.example", "mention")]),
])  # fmt: skip
def test_links_names_and_tags_are_found(text, marked):
    assert kinds(text) == marked


PIECES = st.lists(
    st.sampled_from(
        ["https://a.example/ü", "@ann.example", "#tag", " ", "👨‍👩‍👧‍👦", "(", ").", "é"]
    )
    | st.text(max_size=5),
    max_size=12,
)


@given(PIECES)
def test_byte_offsets_lie_on_characters_inside_the_text_and_never_overlap(pieces):
    text = "".join(pieces)
    raw, reached = text.encode("utf-8", "surrogatepass"), 0
    for facet in facets_of(text, resolve):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        assert reached <= start < end <= len(raw)
        part = raw[start:end].decode()
        feature = facet["features"][0]
        expected = {"link": lambda f: f["uri"], "tag": lambda f: "#" + f["tag"],
                    "mention": lambda f: "@" + f["did"].removeprefix("did:plc:")}  # fmt: skip
        shown = expected[feature["$type"].partition("#")[2]](feature)
        assert part.replace("＃", "#").lower() == shown.lower()
        reached = end


def facet(start, end, uri="https://x.example/long"):
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [{"uri": uri}]}


@pytest.mark.parametrize(("text", "facets", "shown"), [
    ("x.example/lo...", [facet(0, 15)], "https://x.example/long"),
    ("see here", [facet(4, 8)], "see here (https://x.example/long)"),
    ("é ok", [facet(1, 3), facet(0, 1)], "é ok"),
    ("abc", [facet(2, 9), facet(-1, 2), facet(2, 1), facet(0, 1), facet(0, 3)],
     "a (https://x.example/long)bc"),
    ("abc", [facet(0, 1, "javascript:x"), {"index": 7}, 7, {"index": {"byteStart": "0"}}], "abc"),
    ("abc", "nonsense", "abc"), ("abc", None, "abc"),
])  # fmt: skip
def test_links_are_written_out_and_odd_facets_passed_over(text, facets, shown):
    assert with_links(text, facets) == shown


KEYS = st.sampled_from(["index", "features", "byteStart", "byteEnd", "uri"])
JSON = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner),
)


@given(st.text(), JSON)
def test_any_facets_are_survived(text, facets):
    assert isinstance(with_links(text, facets), str)
    assert isinstance(with_links(text, [facets]), str)
