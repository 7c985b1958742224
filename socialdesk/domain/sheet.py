"""Cells that no spreadsheet takes for a formula. Source: OWASP, CSV injection."""

# Full-width forms too: some programs fold them before they look.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(text: str) -> str:
    """The text with a ' before it when it would be taken for a formula."""
    return "'" + text if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def original_cell(cell: str) -> str:
    """What `safe_cell` was given."""
    if cell.startswith("'") and cell[1:].lstrip(" ").startswith(FORMULA_STARTS):
        return cell[1:]
    return cell
