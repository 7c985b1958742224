"""No cell of an export runs as a formula, and none is changed for good."""

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from socialdesk.domain.sheet import FORMULA_STARTS, original_cell, safe_cell

TROUBLE = st.text(
    st.sampled_from("'\"=+-@\t\r\n \u00a0\u200b\ufeff\uff1d\uff20ab1(),;"), max_size=12
)


@pytest.mark.promise(34)
@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://trap.example","prize")',
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "\ufeff=1",
        "\uff1d1",
        "\uff201",
    ],
)
def test_what_a_spreadsheet_would_run_is_marked(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Bread", "1 + 1 = 2", "it's", "'quoted'", "нан", "😀"])
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.promise(34)
@hypothesis_settings(max_examples=1000)
@given(TROUBLE | st.text())
@example("'=1")
@example("''=1")
@example("' =1")
def test_every_cell_comes_back_as_it_was(text: str) -> None:
    assert original_cell(safe_cell(text)) == text


@pytest.mark.promise(34)
@hypothesis_settings(max_examples=1000)
@given(TROUBLE)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert not safe_cell(text).lstrip(" \u00a0\u200b\u3000\ufeff").startswith(FORMULA_STARTS)
