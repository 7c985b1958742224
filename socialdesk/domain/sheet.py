"""Cells that no spreadsheet takes for a formula. Source: OWASP, "CSV Injection", read 2026-11."""

# Full-width forms too: some programs fold them before they look.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
SKIPPED = " \u00a0\u200b\u3000\ufeff"  # blanks that a program may strip before it looks


def safe_cell(text: str) -> str:
    """The text with one ' before it when it would be taken for a formula, or when only its own
    leading ' keeps it from that; `original_cell` gives back exactly `text`."""
    return "'" + text if _is_risky(text) else text


def original_cell(cell: str) -> str:
    """What `safe_cell` was given."""
    return cell[1:] if cell.startswith("'") and _is_risky(cell) else cell


def _is_risky(text: str) -> bool:
    return text.lstrip("'").lstrip(SKIPPED).startswith(FORMULA_STARTS)
