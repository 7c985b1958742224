"""Files of mentions in words, for the window and the command line."""

from socialdesk.engine.mention_files import columns
from socialdesk.engine.mention_files.read import MAX_ROWS
from socialdesk.i18n import tr, trn


def column_name(kind: str) -> str:
    """What a column holds, in words; "" is a column that is left out."""
    return {
        "": tr("left out"), columns.ID: tr("its own number"), columns.NETWORK: tr("where"),
        columns.AUTHOR: tr("author"), columns.HANDLE: tr("handle"), columns.AT: tr("when"),
        columns.TEXT: tr("words"), columns.TITLE: tr("title"), columns.URL: tr("link"),
        columns.STARS: tr("stars"), columns.LANG: tr("language"), columns.LABELS: tr("labels"),
        columns.FOLLOWERS: tr("followers"),
    }.get(kind, kind)  # fmt: skip


def counted(n_new: int, n_known: int, n_broken: int, *, is_cut: bool = False) -> str:
    """What an import does, or did."""
    parts = [trn("{n} new", "{n} new", n_new)]
    if n_known:
        parts.append(trn("{n} known already", "{n} known already", n_known))
    if n_broken:
        parts.append(trn("{n} broken", "{n} broken", n_broken))
    text = f"{', '.join(parts)}."
    if is_cut:
        text = f"{text} " + tr("The file is longer: only its first {n} rows are read.", n=MAX_ROWS)
    return text
