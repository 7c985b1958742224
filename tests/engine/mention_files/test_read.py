"""Exports of other programs, as they come: read row by row, a broken row costs itself alone."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.errors import CommandError
from socialdesk.domain.mentions.mention import CanReply, Kind
from socialdesk.engine.mention_files.columns import guess_columns
from socialdesk.engine.mention_files.read import ParsedMentions, read_mentions
from socialdesk.engine.mention_files.times import DAY_FIRST, MONTH_FIRST, guess_order, read_time
from socialdesk.engine.table_files.source import Source

ALMATY = ZoneInfo("Asia/Almaty")


def read(text: str, **how: object) -> ParsedMentions:
    return read_mentions(Source(text, "utf-8", "d", False), ALMATY, **how)  # type: ignore[arg-type]


CSV = (
    "Date,Source,Author,Username,Text,URL,Rating,Tags,Followers,Foo\n"
    '21.11.2026 09:30,Orchard Reviews,Ann Reed,@ann,"Cold, and late",'
    'https://reviews.example/1,2 stars,delivery;soup,"1,204",x\n'
    "22.11.2026 10:00,Orchard Reviews,,,Lovely soup,not a link,5,,,\n"
)


def test_a_usual_table_is_understood_by_its_header() -> None:
    parsed = read(CSV)
    assert parsed.columns == ("at", "network", "author", "handle", "text", "url", "stars",
                              "labels", "followers", "")  # fmt: skip
    assert (parsed.kind, parsed.delimiter, parsed.order) == ("csv", ",", DAY_FIRST)
    assert parsed.faults == []
    first, second = parsed.rows
    mention = first.mention
    assert mention.published_at == datetime(2026, 11, 21, 4, 30, tzinfo=UTC)  # Almaty is +5
    assert (mention.author.name, mention.author.handle) == ("Ann Reed", "@ann")
    assert mention.author.n_followers == 1204
    assert (mention.kind, mention.n_stars) == (Kind.REVIEW, 2)
    assert mention.url == "https://reviews.example/1"
    assert (mention.can_reply, mention.reply_note) == (CanReply.BROWSER, "imported")
    assert first.labels == ("Orchard Reviews", "delivery", "soup")
    assert second.mention.url == "" and second.mention.author.handle == "?"


def test_the_same_file_again_gives_the_same_mentions() -> None:
    once, twice = read(CSV), read(CSV)
    assert [r.mention.uri for r in once.rows] == [r.mention.uri for r in twice.rows]
    assert len({r.mention.uri for r in once.rows}) == 2
    assert len({r.mention.author.remote_id for r in once.rows}) == 2


def test_an_id_of_the_rows_own_outlives_an_edit() -> None:
    rows = [{"id": "7", "date": "2026-11-21", "text": words} for words in ("one", "two")]
    first, second = (read(json.dumps([row])).rows[0].mention.uri for row in rows)
    assert first == second


@pytest.mark.parametrize(
    "text",
    [
        '[{"created_at": "2026-11-21T09:30:00+05:00", "user": {"name": "Ann"}, "text": "Hi"}]',
        '{"created_at": "2026-11-21T09:30:00+05:00", "user": "Ann", "text": "Hi"}\n',
        '{"n": 1, "items": [{"created_at": 1795235400, "user": "Ann", "text": "Hi"}]}',
        '{"created_at": 1795235400000, "user": "Ann", "text": "Hi"}\n{"created_at": "x"}\n',
    ],
)
def test_json_comes_as_a_list_an_object_or_line_by_line(text: str) -> None:
    parsed = read(text)
    assert parsed.kind == "json"
    (row,) = parsed.rows
    assert (row.mention.author.name, row.mention.body) == ("Ann", "Hi")
    assert row.mention.published_at == datetime(2026, 11, 21, 4, 30, tzinfo=UTC)


def test_what_is_broken_is_named_by_its_line() -> None:
    parsed = read(
        "date,text\n2026-11-21,good\nyesterday,bad time\n2026-11-21\n2026-11-21,\n"
        '2026-11-21,"bad\ufffd bytes"\n'
    )
    assert [(f.line, f.code) for f in parsed.faults] == [
        (3, "time"), (4, "cells"), (5, "empty"), (6, "encoding"),
    ]  # fmt: skip
    assert len(parsed.rows) == 1


def test_neither_table_nor_json_is_refused() -> None:
    with pytest.raises(CommandError):
        read("[" * 100_000)


def test_columns_and_order_can_be_said() -> None:
    parsed = read("a;b\n03/04/2026;Hello\n", columns=("at", "text"), order=DAY_FIRST)
    assert parsed.rows[0].mention.published_at.month == 4
    parsed = read("a;b\n03/04/2026;Hello\n", columns=("at", "text"), order=MONTH_FIRST)
    assert parsed.rows[0].mention.published_at.month == 3


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2026", "13/04/2026"], DAY_FIRST), (["03/04/2026", "04/13/2026"], MONTH_FIRST),
        (["03.04.2026"], DAY_FIRST), (["03/04/2026"], MONTH_FIRST), (["2026-04-03"], MONTH_FIRST),
    ],
)  # fmt: skip
def test_day_and_month_are_told_apart_by_the_whole_column(cells: list[str], order: str) -> None:
    assert guess_order(cells) == order


@pytest.mark.parametrize(
    "text",
    ["2026-11-21 09:30", "2026-11-21T04:30:00Z", "21.11.2026, 09:30:00", "21 Nov 2026 09:30",
     "Nov 21, 2026 09:30 AM", "2026-11-21 04:30:00 UTC", "1795235400"],
)  # fmt: skip
def test_times_are_read_as_programs_write_them(text: str) -> None:
    assert read_time(text, DAY_FIRST, ALMATY) == datetime(2026, 11, 21, 4, 30, tzinfo=UTC)


@given(st.text(max_size=60))
def test_any_text_is_a_time_or_none(text: str) -> None:
    found = read_time(text, DAY_FIRST, ALMATY)
    assert found is None or found.utcoffset() is not None


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parsed = read(text)
    except CommandError:
        return
    assert all(row.mention.uri for row in parsed.rows)


def test_headers_in_russian_and_kazakh_are_known() -> None:
    assert guess_columns(["Дата", "Автор", "Текст", "Ссылка"]) == ("at", "author", "text", "url")
    assert guess_columns(["Күні", "Мәтін", "Сілтеме"]) == ("at", "text", "url")
