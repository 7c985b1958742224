"""The words for a person of the list."""

from socialdesk.domain.people.contact import ContactRow
from socialdesk.i18n import tr, trn
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.words import age, count, network_label


def where(row: ContactRow) -> str:
    """Organisation, networks and how many mentions; "" for a row that is being read."""
    said = [isolated(row.org)] if row.org else []
    said += [network_label(key) for key in row.networks]
    if row.n_mentions:
        n = row.n_mentions
        said.append(trn("{n} mention", "{n} mentions", n, n=count(n)))
    elif row.name:
        said.append(tr("no mention yet"))
    return " · ".join(said)


def spoken(row: ContactRow, now: int) -> str:
    """A row for somebody who hears it: name, marks, where they are, when and what last."""
    marks = [tr("VIP")] if row.is_vip else []
    last = age(row.last_at, now) if row.last_at else ""
    said = ", ".join(filter(None, (one_line(row.name), *marks, *row.labels, where(row), last)))
    return f"{said}: {one_line(row.last_words)}" if row.last_words else said
