"""What a live test fetch found, in lines: how many, what is set aside, the first three."""

from collections.abc import Mapping
from typing import Any

from socialdesk.i18n import tr, trn
from socialdesk.ui.plain import isolated, one_line

N_EXAMPLES = 3


def found_lines(answer: Mapping[str, Any]) -> list[str]:
    """`answer`: of TestFetch."""
    n = int(answer.get("n", 0))
    lines = [trn("It works: {n} item found.", "It works: {n} items found.", n)]
    if not n:
        lines = [tr("It answers, but holds nothing from the last 7 days.")]
    if rejects := int(answer.get("n_rejects", 0)):
        lines.append(trn("{n} malformed item would be set aside.",
                         "{n} malformed items would be set aside.", rejects))  # fmt: skip
    for author, words in answer.get("examples", [])[:N_EXAMPLES]:
        lines.append(example_line(author, words))
    return lines


def example_line(author: str, words: str) -> str:
    """One that was found, by whom."""
    return f"• {isolated(author)}: {one_line(words)}"
