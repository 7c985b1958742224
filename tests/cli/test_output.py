"""What is printed is harmless on a terminal, and whole for a program."""

import io
import json
import re
import sys
from concurrent.futures import Future

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.cli.output import Output, as_json, cut, iso, visible

OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
TROUBLE = st.text(st.sampled_from("ab\x00\x07\x1b\x7f\x9b\u200b\u202e\u2028\u2066\ufeff\n🥐нқ"))


class Terminal(io.StringIO):
    """A stream somebody looks at."""

    def isatty(self) -> bool:
        return True


@given(TROUBLE | st.text())
def test_a_visible_line_holds_nothing_a_terminal_obeys(text: str) -> None:
    assert not OBEYED.search(visible(text))


@given(TROUBLE | st.text(st.characters(exclude_categories=["Cs"])))
def test_json_is_harmless_and_reads_back_the_same(text: str) -> None:
    assert not OBEYED.search(as_json({"body": text}))
    assert json.loads(as_json({"body": text})) == {"body": text}


@pytest.mark.parametrize("text", ["Are you open?", "Сдачу дали неправильно", "Рақмет 🙏", "面包"])
def test_plain_words_are_shown_as_they_are(text: str) -> None:
    assert visible(text) == text


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert len(cut(text, width)) <= max(width, 1)


def test_times_are_local_with_their_offset_and_none_is_empty() -> None:
    assert iso(0) == ""
    assert re.fullmatch(r"2026-11-2\d \d\d:\d\d[+-]\d\d:\d\d", iso(1_795_262_400_000))


def test_a_bar_is_drawn_on_a_terminal_only(monkeypatch) -> None:
    for stream, is_drawn in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        out = Output(as_json=False)
        out.progress(0, 4)
        out.progress(4, 4)
        assert ("4/4" in stream.getvalue()) is is_drawn
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    Output(as_json=True).progress(1, 2)
    assert terminal.getvalue() == ""


def test_waiting_counts_the_seconds_on_a_terminal(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setattr("socialdesk.cli.output.TICK_S", 0.01)
    future: Future[int] = Future()

    def settle(text: str) -> int:
        if "second" in text and not future.done():
            future.set_result(7)
        return io.StringIO.write(terminal, text)

    monkeypatch.setattr(terminal, "write", settle)
    assert Output(as_json=False).wait(future) == 7
    assert "1 second" in terminal.getvalue()


def test_a_program_gets_one_value_and_a_person_lines(capsys) -> None:
    for as_value in (True, False):
        out = Output(as_json=as_value)
        out.say("hello")
        out.hint("by the way")
        out.value({"n": 1})
        said = capsys.readouterr()
        assert (said.out, said.err) == (
            ('{"n": 1}\n', "") if as_value else ("hello\n", "by the way\n")
        )
