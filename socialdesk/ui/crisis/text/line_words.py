"""What is said of a reply line: its name, its state, and why it cannot go now."""

from socialdesk.domain.crisis.crisis_rows import LineRow
from socialdesk.engine.words.line_names import line_words
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.i18n import tr
from socialdesk.ui.plain import one_line


def line_name(line: LineRow) -> str:
    """What a line is for; one of somebody's own by its key: "my_line" → "My line". Marked when it
    makes a claim or is for safety."""
    name = one_line(line_words(line.key))
    if line.is_safety:
        return tr("{line} (safety)", line=name)
    return tr("{line} (claim)", line=name) if line.is_claim else name


def line_state(line: LineRow) -> str:
    """Whether a second look stands."""
    return {
        "approved": tr("second look given"), "ended": tr("second look ended"),
    }.get(line.state, tr("no second look"))  # fmt: skip


def why_not(line: LineRow) -> str:
    """The sentence of the refusal that sending would meet; "" when it can go."""
    match line.missing:
        case "":
            return ""
        case "R11":
            return refusal_sentence("R11", {"line": line_name(line)}).text
        case "R23":
            facts: dict[str, str | int] = {"n": 1, "list": line_name(line)}
            return refusal_sentence("R23", facts).text
        case "R27":
            return tr("Its second look has ended; it needs a new one.")
        case code:
            return refusal_sentence(code, {}).text
