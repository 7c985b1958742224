"""Commands that look: sync, search, queue, accounts, templates."""

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from socialdesk.cli.exit_codes import NETWORK, OK, REFUSED, USAGE
from socialdesk.cli.output import Output, cut, iso, visible
from socialdesk.domain.account import AccountState
from socialdesk.domain.queue.rows import (
    ORDERS,
    AccountRow,
    Listing,
    Order,
    OutboxRow,
    QueueRow,
    View,
)
from socialdesk.engine.commands import FetchNow
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import (
    ListAccounts,
    ListMentions,
    ListOutbox,
    ListTemplates,
    ReadRows,
)
from socialdesk.engine.queries.notices import ReadCountdowns
from socialdesk.engine.words.phrases import (
    account_health,
    account_state,
    outbox_state,
    search_fault,
)
from socialdesk.i18n import tr, trn

PAGE = 100


def sync(desk: Desk, options: Namespace, out: Output) -> int:
    """Fetch now, account by account; the exit code tells whether every watch could be fetched."""
    found = desk.ask(ListAccounts()).result()
    asked = [a for a in found if options.account in (0, a.id)]
    if options.account and not asked:
        out.fail(tr("There is no account {n}. Their numbers: socialdesk accounts",
                    n=options.account))  # fmt: skip
        return REFUSED
    if not asked:
        _say_no_account(out)
    n_new = n_failed = 0
    for n, account in enumerate(asked):
        out.progress(n, len(asked))
        answer = out.wait(desk.do(FetchNow(account.id, wait=True))).answer
        n_new += int(answer["n_new"])
        n_failed += int(answer["n_failed"])
    out.progress(len(asked), len(asked))
    out.say(trn("{n} new mention", "{n} new mentions", n_new))
    _say_what_failed(desk, {a.id for a in asked}, out)
    out.value({"new": n_new, "failed": n_failed})
    return NETWORK if n_failed else OK


def _say_what_failed(desk: Desk, ids: set[int], out: Output) -> None:
    """The accounts that were not fetched, or not wholly, each with its sentences."""
    for account in desk.ask(ListAccounts()).result():
        if account.id not in ids:
            continue
        if account.state is not AccountState.ON:
            out.hint(f"{visible(account.name)}: {account_state(account)}")
        elif any(w.fault for w in account.watches):
            _say_account(account, out.hint)


def search(desk: Desk, options: Namespace, out: Output) -> int:
    """Newest first over everything stored."""
    words = " ".join(options.words)
    listing = desk.ask(ListMentions(View.ALL, words, Order.NEWEST)).result()
    return _print_listing(desk, listing, options.limit, out)


def queue(desk: Desk, options: Namespace, out: Output) -> int:
    """What waits for a decision, soonest need first; or another view."""
    known = {view.value: view for view in (*ORDERS, View.OUTBOX, View.APPROVAL)}
    view = known.get(options.view)
    if view is None:
        out.fail(tr("There is no view «{name}». There are: {list}", name=options.view,
                    list=", ".join(known)))  # fmt: skip
        return USAGE
    if view not in ORDERS:
        only_approval = view is View.APPROVAL
        rows = desk.ask(ListOutbox(only_approval=only_approval, limit=options.limit)).result()
        return _print_outbox(rows, out)
    listing = desk.ask(ListMentions(view, "", ORDERS[view][0])).result()
    return _print_listing(desk, listing, options.limit, out)


def _print_listing(desk: Desk, listing: Listing, limit: int, out: Output) -> int:
    """A wrong operator is explained, and the rest of the search was done all the same."""
    faults = [search_fault(fault) for fault in listing.faults]
    for text in faults:
        out.hint(text)
    ids = list(listing.ids[:limit])
    rows: list[QueueRow] = []
    countdowns: list[str] = []
    for start in range(0, len(ids), PAGE):
        page = tuple(ids[start : start + PAGE])
        rows += desk.ask(ReadRows(page)).result()
        countdowns += desk.ask(ReadCountdowns(page)).result()
    for row, due in zip(rows, countdowns, strict=True):
        out.say(row_line(row, due))
    total = f"{listing.n_total}{'+' if listing.is_capped else ''}"
    out.say(tr("{shown} of {total} shown", shown=len(rows), total=total))
    out.value(
        {
            "total": listing.n_total,
            "capped": listing.is_capped,
            "faults": faults,
            "mentions": [row_value(r) for r in rows],
        }
    )
    return USAGE if faults else OK


def row_line(row: QueueRow, due: str = "") -> str:
    """One mention on one line. `due`: its countdown in words."""
    status = row.status.name.lower()
    who = cut(visible(row.author or row.handle), 24)
    return f"{row.id}  {iso(row.at)}  {status:8}  {due:20}  {who:24}  {cut(visible(row.body), 90)}"


def row_value(row: QueueRow) -> dict[str, Any]:
    """One mention for programs; times in ms UTC."""
    return {"id": row.id, "network": row.network, "author": row.author, "handle": row.handle,
            "body": row.body, "at": row.at, "due_at": row.due_at, "status": row.status.name.lower(),
            "labels": list(row.labels)}  # fmt: skip


def _print_outbox(rows: list[OutboxRow], out: Output) -> int:
    for row in rows:
        out.say(f"{row.id}  {iso(row.made_at)}  {cut(visible(row.to), 24):24}  {outbox_state(row)}")
        out.say(f"    {cut(visible(row.text), 100)}")
    out.say(trn("{n} reply", "{n} replies", len(rows)))
    out.value([outbox_value(r) for r in rows])
    return OK


def outbox_value(row: OutboxRow) -> dict[str, Any]:
    """One reply for programs."""
    return {"outbox": row.id, "mention": row.mention_id, "state": row.state.value, "url": row.url,
            "reason": row.reason, "text": row.text}  # fmt: skip


def show_accounts(desk: Desk, options: Namespace, out: Output) -> int:
    """Each account with its health in plain words."""
    accounts = desk.ask(ListAccounts()).result()
    if not accounts:
        _say_no_account(out)
    for account in accounts:
        _say_account(account, out.say)
    out.value([account_value(a) for a in accounts])
    return OK


def _say_no_account(out: Output) -> None:
    out.say(tr("No account yet. Open the window to add one, or try: socialdesk practice"))


def _say_account(account: AccountRow, say: Callable[[str], None]) -> None:
    say(f"{account.id}  {account.network}  {visible(account.name)}")
    for line in account_health(account):
        say(f"    {visible(line)}")


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
    if not found:
        out.say(tr("No template yet. Open the window to write one, or to add a pack."))
    for t in found:
        langs = ", ".join(f"{v.lang} ({v.state.value})" for v in t.versions)
        out.say(f"{t.id}  {visible(f'{t.folder}/{t.name}' if t.folder else t.name)}: {langs}")
    out.value([{"id": t.id, "name": t.name, "folder": t.folder,
                "versions": [{"lang": v.lang, "state": v.state.value, "body": v.body}
                             for v in t.versions]} for t in found])  # fmt: skip
    return OK
