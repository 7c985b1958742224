"""Kinds (complaint, question ...) on texts invented for it: no labelled ones exist.

Whoever wrote the texts also wrote the word lists, so these figures flatter; part `held` was never
looked at while the points were set.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from socialdesk.analysis.reader import TableReader
from socialdesk.domain.mentions.insight import Intent
from socialdesk.places import resource
from tests.eval.report import Report
from tests.eval.scores import macro_f1

TEXTS: Final = Path(__file__).parents[1] / "fixtures" / "understanding" / "kinds.tsv"
PARTS: Final = ("held", "tune")
LANGUAGES: Final = ("en", "ru", "kk")


class Kind(NamedTuple):
    """One invented text. `part`: tune or held."""

    lang: str
    part: str
    intent: Intent
    text: str


def kinds() -> list[Kind]:
    """The invented texts."""
    lines = [s for s in TEXTS.read_text("utf-8").splitlines() if s and not s.startswith("#")]
    rows = (line.split("\t", 3) for line in lines[1:])
    return [Kind(lang, part, Intent[kind.upper()], text) for lang, part, kind, text in rows]


def measure(data: Path) -> Iterator[Report]:
    """`data` is not needed: the texts are ours."""
    reader = TableReader(resource("models"))
    heads = (
        "what",
        "n",
        "right",
        "unsure",
        "wrong",
        "right of told",
        "macro-F1",
        "majority",
        "goal",
    )
    report = Report("kinds, on invented texts", heads)
    for part in PARTS:
        for lang in LANGUAGES:
            texts = [kind for kind in kinds() if (kind.lang, kind.part) == (lang, part)]
            _line(report, f"{lang} {part}", texts, reader)
    yield report


def _line(report: Report, name: str, texts: list[Kind], reader: TableReader) -> None:
    truth = [kind.intent for kind in texts]
    said = [reader.read(kind.text).intent for kind in texts]
    n_right = sum(t is s for t, s in zip(truth, said, strict=True))
    n_unsure = said.count(Intent.UNSURE)
    most = max(Intent, key=truth.count)
    report.add(
        name, len(texts), f"{n_right}", f"{n_unsure}", f"{len(texts) - n_right - n_unsure}",
        f"{n_right / (len(texts) - n_unsure):.2f}", f"{macro_f1(truth, said):.3f}",
        f"{macro_f1(truth, [most] * len(truth)):.3f}",
    )  # fmt: skip
