"""Mentions out of files of other programs."""

from socialdesk.domain.frozen import frozen


@frozen
class PreviewMentions:
    """Reads a CSV or JSON file, writes nothing. "" and () = found out. `columns`: what each column
    holds ("" = left out); `order`: "day" or "month" first in short dates. Answer: kind ("csv",
    "json"), encoding, delimiter, order, headers, columns, sample (rows of cells), n_rows, n_new,
    n_known, n_broken, faults ([line, code, what]), is_cut, digest of the file."""

    path: str
    encoding: str = ""
    delimiter: str = ""
    columns: tuple[str, ...] = ()
    order: str = ""


@frozen
class ImportMentions:
    """What the preview showed, a slice a transaction; what is known already is met again and not
    doubled, so an import that was cut short is begun anew. `digest`: of the file that was looked
    at. `is_open`: they need a reply; else they are filed as done. Answer: n_new, n_known,
    n_broken, account_id."""

    path: str
    digest: str
    encoding: str = ""
    delimiter: str = ""
    columns: tuple[str, ...] = ()
    order: str = ""
    is_open: bool = False
    skips_broken: bool = False


MentionFileCommand = PreviewMentions | ImportMentions
