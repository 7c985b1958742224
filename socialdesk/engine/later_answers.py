"""The questions nobody asks before the window's first paint, and what answers them."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine import (
    about_answers,
    alert_answers,
    bulk_answers,
    contact_answers,
    crisis_answers,
    crm_answers,
    drill_answers,
    due_answers,
    faq_answers,
    first_run_answers,
    insight_answers,
    keep_answers,
    notice_answers,
    playbook_answers,
    readiness_answers,
    reports_answers,
    rules_answers,
    statement_answers,
    temperature_answers,
)
from socialdesk.engine import queries as q
from socialdesk.engine.answering_answers import ANSWERS as ANSWERING
from socialdesk.engine.queries.spending import ReadSpend
from socialdesk.engine.queries.templates import ReadTemplateUse, SuggestTemplates
from socialdesk.engine.settings import number_of
from socialdesk.store import (
    accounts,
    acts,
    coverage,
    detail,
    exports,
    journal,
    labels,
    outbox_rows,
    people,
    rejects,
    settings,
    spend,
    template_use,
    templates,
)
from socialdesk.store.sqlite import Connection

LATER: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    **ANSWERING,
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
    SuggestTemplates: lambda c, x, now: rules_answers.suggested_templates(c, x),
    ReadTemplateUse: lambda c, x, now: template_use.read_use(c, x.since, x.until),
    q.ListVersions: lambda c, x, now: templates.list_versions(c, x.template_id),
    q.ListAccounts: lambda c, x, now: accounts.list_accounts(c),
    q.ListLabels: lambda c, x, now: labels.list_labels(c),
    q.ListPeople: lambda c, x, now: people.list_people(c),
    q.ListRejects: lambda c, x, now: rejects.newest(c, x.account_id, x.limit),
    q.ReadCoverage: lambda c, x, now: coverage.list_hours(c, x.since),
    q.ReadJournal: lambda c, x, now: journal.newest(c, x.limit, x.kind),
    q.PeekUndo: lambda c, x, now: acts.peek(c, number_of(settings.read_all(c), "here")),
    **faq_answers.ANSWERS,
    **first_run_answers.ANSWERS,
    **contact_answers.ANSWERS,
    **bulk_answers.ANSWERS,
    **reports_answers.ANSWERS,
    **rules_answers.ANSWERS,
    **insight_answers.ANSWERS,
    **notice_answers.ANSWERS,
    **alert_answers.ANSWERS,
    **crisis_answers.ANSWERS,
    **drill_answers.ANSWERS,
    **due_answers.ANSWERS,
    **playbook_answers.ANSWERS,
    **temperature_answers.ANSWERS,
    **readiness_answers.ANSWERS,
    **statement_answers.ANSWERS,
    **crm_answers.ANSWERS,
    **keep_answers.ANSWERS,
    **about_answers.ANSWERS,
    ReadSpend: lambda c, x, now: spend.read(c, x.account_id, now),
}  # fmt: skip
