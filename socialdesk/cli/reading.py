"""Commands that look: sync, search, queue, accounts, templates."""

from argparse import Namespace
from typing import Any

from socialdesk.cli.output import Output, cut, iso, visible
from socialdesk.domain.rows import AccountRow, Listing, Order, QueueRow, View
from socialdesk.engine.commands import FetchNow
from socialdesk.engine.desk import Desk
from socialdesk.engine.phrases import account_health, search_fault
from socialdesk.engine.queries import ListAccounts, ListMentions, ListTemplates, ReadRows
from socialdesk.i18n import tr, trn

PAGE = 100
NOTHING_FETCHED = 3  # exit code: no account could be reached


def sync(desk: Desk, options: Namespace, out: Output) -> int:
    """Fetch now; the exit code tells whether every watch could be fetched."""
    answer = desk.do(FetchNow(options.account, wait=True)).result().answer
    n_new, n_failed = int(answer["n_new"]), int(answer["n_failed"])
    out.say(trn("{n} new mention", "{n} new mentions", n_new))
    if n_failed:
        out.say(
            trn(
                "{n} watch could not be fetched; see: socialdesk accounts",
                "{n} watches could not be fetched; see: socialdesk accounts",
                n_failed,
            )
        )
    out.value({"new": n_new, "failed": n_failed})
    return NOTHING_FETCHED if n_failed else 0


def search(desk: Desk, options: Namespace, out: Output) -> int:
    """Newest first over everything stored."""
    words = " ".join(options.words)
    listing = desk.ask(ListMentions(View.ALL, words, Order.NEWEST)).result()
    return _print_listing(desk, listing, words, options.limit, out)


def queue(desk: Desk, options: Namespace, out: Output) -> int:
    """What waits for a decision, soonest need first."""
    try:
        view = View(options.view)
    except ValueError:
        names = ", ".join(v.value for v in View)
        out.fail(tr("There is no view {name}. There are: {list}", name=options.view, list=names))
        return 2
    order = Order.NEED if view is View.NEEDS_REPLY else Order.NEWEST
    listing = desk.ask(ListMentions(view, "", order)).result()
    return _print_listing(desk, listing, "", options.limit, out)


def _print_listing(desk: Desk, listing: Listing, words: str, limit: int, out: Output) -> int:
    for fault in listing.faults:
        out.fail(search_fault(fault))
    ids = list(listing.ids[:limit])
    rows: list[QueueRow] = []
    for start in range(0, len(ids), PAGE):
        rows += desk.ask(ReadRows(tuple(ids[start : start + PAGE]))).result()
    for row in rows:
        out.say(row_line(row))
    shown, total = len(rows), listing.n_total
    more = "+" if listing.is_capped else ""
    out.say(tr("{shown} of {total} shown", shown=shown, total=f"{total}{more}"))
    out.value(
        {"total": total, "capped": listing.is_capped, "mentions": [row_value(r) for r in rows]}
    )
    return 2 if listing.faults else 0


def row_line(row: QueueRow) -> str:
    """One mention on one line."""
    status = row.status.name.lower()
    who = cut(visible(row.author or row.handle), 24)
    return f"{row.id}  {iso(row.at)}  {status:8}  {who:24}  {cut(visible(row.body), 90)}"


def row_value(row: QueueRow) -> dict[str, Any]:
    """One mention for programs."""
    return {"id": row.id, "network": row.network, "author": row.author, "handle": row.handle,
            "body": row.body, "at": row.at, "due_at": row.due_at, "status": row.status.name.lower(),
            "labels": list(row.labels)}  # fmt: skip


def show_accounts(desk: Desk, options: Namespace, out: Output) -> int:
    """Each account with its health in plain words."""
    accounts = desk.ask(ListAccounts()).result()
    if not accounts:
        out.say(tr("No account yet. Open the window to add one, or try: socialdesk practice"))
    for account in accounts:
        out.say(f"{account.id}  {account.network}  {visible(account.name)}")
        for line in account_health(account):
            out.say(f"    {line}")
    out.value([account_value(a) for a in accounts])
    return 0


def account_value(account: AccountRow) -> dict[str, Any]:
    """One account for programs."""
    watches = [{"id": w.id, "kind": w.watch.kind.value, "query": w.watch.query, "on": w.is_on,
                "last_ok_at": w.last_ok_at, "next_at": w.next_at, "fault": w.fault}
               for w in account.watches]  # fmt: skip
    return {"id": account.id, "network": account.network, "name": account.name,
            "state": account.state.value, "fault": account.fault, "watches": watches}  # fmt: skip


def show_templates(desk: Desk, options: Namespace, out: Output) -> int:
    """Each template with its languages and whether they are approved."""
    found = desk.ask(ListTemplates()).result()
    for t in found:
        langs = ", ".join(f"{v.lang} ({v.state.value})" for v in t.versions)
        out.say(f"{t.id}  {t.folder + '/' if t.folder else ''}{t.name}: {langs}")
    out.value([{"id": t.id, "name": t.name, "folder": t.folder,
                "versions": [{"lang": v.lang, "state": v.state.value, "body": v.body}
                             for v in t.versions]} for t in found])  # fmt: skip
    return 0
