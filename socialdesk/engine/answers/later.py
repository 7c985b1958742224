"""The questions of no room that nobody asks before the window's first paint, and what answers
them."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine import queries as q
from socialdesk.engine.answers.rules import suggested_templates
from socialdesk.engine.queries.spending import ReadSpend
from socialdesk.engine.queries.templates import ReadTemplateUse, SuggestTemplates
from socialdesk.engine.settings import number_of
from socialdesk.store import accounts, journal, people, settings, spend
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.mentions import coverage, rejects
from socialdesk.store.outbox import outbox_rows
from socialdesk.store.queue import detail, exports
from socialdesk.store.replies import template_use, templates
from socialdesk.store.triage import acts, labels

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ReadExport: lambda c, x, now: exports.export_rows(c, x.ids, x.without),
    q.ReadDetail: lambda c, x, now: detail.read_detail(c, x.mention_id),
    q.ReadAuthor: lambda c, x, now: detail.read_author(c, x.mention_id),
    q.ListOutbox: lambda c, x, now: outbox_rows.list_outbox(
        c, only_open=x.only_open, only_approval=x.only_approval, mention_id=x.mention_id,
        limit=x.limit,
    ),
    q.ListTemplates: lambda c, x, now: templates.list_templates(
        c, x.search, with_archived=x.with_archived
    ),
    SuggestTemplates: lambda c, x, now: suggested_templates(c, x),
    ReadTemplateUse: lambda c, x, now: template_use.read_use(c, x.since, x.until),
    q.ListVersions: lambda c, x, now: templates.list_versions(c, x.template_id),
    q.ListAccounts: lambda c, x, now: accounts.list_accounts(c),
    q.ListLabels: lambda c, x, now: labels.list_labels(c),
    q.ListPeople: lambda c, x, now: people.list_people(c, with_put_away=x.with_put_away),
    q.ListRejects: lambda c, x, now: rejects.newest(c, x.account_id, x.limit),
    q.ReadCoverage: lambda c, x, now: coverage.list_hours(c, x.since, x.until),
    q.ReadJournal: lambda c, x, now: journal.newest(c, x.limit, x.kind),
    q.PeekUndo: lambda c, x, now: acts.peek(c, number_of(settings.read_all(c), "here")),
    ReadSpend: lambda c, x, now: spend.read(c, x.account_id, now),
}  # fmt: skip
