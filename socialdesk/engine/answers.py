"""Which store function answers which question; on a read-only connection, in one snapshot."""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from socialdesk.engine import queries as q
from socialdesk.engine.queries import Query
from socialdesk.engine.settings import number_of
from socialdesk.store import (
    accounts,
    acts,
    coverage,
    detail,
    exports,
    journal,
    labels,
    lists,
    outbox_rows,
    people,
    rejects,
    rows,
    saved_views,
    settings,
    templates,
)
from socialdesk.store.sqlite import Connection

T = TypeVar("T")

_ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListMentions: lambda c, x, now: lists.list_ids(
        c, x.view, x.search, x.order, x.limit, now
    ),
    q.ReadRows: lambda c, x, now: rows.queue_rows(c, x.ids),
    q.ReadExport: lambda c, x, now: exports.export_rows(c, x.ids),
    q.ReadDetail: lambda c, x, now: detail.read_detail(c, x.mention_id),
    q.ReadAuthor: lambda c, x, now: detail.read_author(c, x.mention_id),
    q.CountViews: lambda c, x, now: lists.count_views(c, now),
    q.ListOutbox: lambda c, x, now: outbox_rows.list_outbox(
        c, only_open=x.only_open, only_approval=x.only_approval, mention_id=x.mention_id,
        limit=x.limit,
    ),
    q.ListTemplates: lambda c, x, now: templates.list_templates(
        c, x.search, with_archived=x.with_archived
    ),
    q.ListVersions: lambda c, x, now: templates.list_versions(c, x.template_id),
    q.ListAccounts: lambda c, x, now: accounts.list_accounts(c),
    q.ListLabels: lambda c, x, now: labels.list_labels(c),
    q.ListPeople: lambda c, x, now: people.list_people(c),
    q.ListSavedViews: lambda c, x, now: saved_views.list_views(c),
    q.ListRejects: lambda c, x, now: rejects.newest(c, x.account_id, x.limit),
    q.ReadCoverage: lambda c, x, now: coverage.list_hours(c, x.since),
    q.CountPerHour: lambda c, x, now: coverage.count_per_hour(c, x.now, x.hours),
    q.ReadSettings: lambda c, x, now: settings.read_all(c),
    q.ReadJournal: lambda c, x, now: journal.newest(c, x.limit, x.kind),
    q.PeekUndo: lambda c, x, now: acts.peek(c, number_of(settings.read_all(c), "here")),
}  # fmt: skip


def answer(conn: Connection, query: Query[T], now: int) -> T:
    """The answer as of one commit. `now`: ms UTC."""
    return cast(T, _ANSWERS[type(query)](conn, query, now))
