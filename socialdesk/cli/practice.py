"""`practice`: the practice brand in a window; in the terminal where there is no screen."""

import os
import shutil
import subprocess
import sys
import time
from argparse import Namespace

from socialdesk.cli.answering import choose_version, send, slot_values, wait_for_fate
from socialdesk.cli.output import Output, cut, visible
from socialdesk.cli.tools import Tools
from socialdesk.domain.errors import CommandError
from socialdesk.domain.reply import OutboxState
from socialdesk.domain.rows import Detail, Order, OutboxRow, QueueRow, View
from socialdesk.domain.status import Disposition, Status
from socialdesk.engine.commands import AddLabel, FetchNow, SetStatus, Snooze, Undo
from socialdesk.engine.desk import Desk
from socialdesk.engine.phrases import outbox_state
from socialdesk.engine.queries import CountViews, ListMentions, ListTemplates, ReadDetail, ReadRows
from socialdesk.i18n import tr, trn
from socialdesk.places import workspace

DAY_SPEED = 60.0  # ten minutes of mentions in ten seconds
DAY_S = 40.0  # it ends by itself well within a minute
N_REPLIES = 3
PROBE_TIMEOUT_S = 20.0
WINDOW_SPEED = 1.0
SNOOZE_MS = 2 * 3_600_000


def play(options: Namespace, out: Output, tools: Tools) -> int:
    """The window where there is a screen; else the same day in the terminal."""
    place = workspace(options.workspace)
    if options.remove:
        shutil.rmtree(place.folder, ignore_errors=True)
        shutil.rmtree(place.logs, ignore_errors=True)
        out.say(tr("The practice brand is gone."))
        return 0
    if not options.terminal and can_open_window():
        speed = options.speed or WINDOW_SPEED
        return tools.window(["--workspace", options.workspace, "--speed", str(speed)])
    if not options.terminal:
        out.say(tr("There is no screen here, so the practice day plays in the terminal."))
    with tools.desk_of(place, options.speed or DAY_SPEED) as desk:
        return play_day(desk, out)


def can_open_window() -> bool:
    """Asked of a child process: where the X server is missing Qt ends its process, and that
    cannot be caught. A platform chosen by hand is believed."""
    if os.environ.get("QT_QPA_PLATFORM") or sys.platform != "linux":
        return True
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    probe = "from PySide6.QtGui import QGuiApplication as A; A([]); print('ok')"
    try:
        done = subprocess.run(
            [sys.executable, "-c", probe], capture_output=True, timeout=PROBE_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def play_day(desk: Desk, out: Output) -> int:
    """Fetch, decide, answer; every line printed is what the desk really did."""
    began = time.monotonic()
    sent: list[OutboxRow] = []
    decided: set[int] = set()
    while time.monotonic() - began < DAY_S:
        fetched = desk.do(FetchNow(wait=True)).result().answer
        if fetched["n_new"]:
            out.say(trn("fetched {n} mention", "fetched {n} mentions", int(fetched["n_new"])))
        rows = [r for r in waiting(desk) if r.id not in decided]
        for row in rows:
            decided.add(row.id)
            handled = decide(desk, row, out, may_reply=len(sent) < N_REPLIES)
            if handled is not None:
                sent.append(handled)
        if len(sent) >= N_REPLIES and not rows:
            break
        time.sleep(1.0)
    undo_last(desk, out)
    counts = {b.key: b.n for b in desk.ask(CountViews()).result()}
    out.say(
        tr(
            "The day ends: {sent} replies sent, {left} mentions wait for you, {done} done.",
            sent=sum(r.state is OutboxState.SENT for r in sent),
            left=counts.get(View.NEEDS_REPLY.value, 0),
            done=counts.get(View.DONE.value, 0),
        )
    )
    out.value({"sent": [r.url for r in sent], "counts": counts})
    return 0 if sent and all(r.state is OutboxState.SENT for r in sent) else 1


def waiting(desk: Desk) -> list[QueueRow]:
    """What needs a reply, soonest first."""
    ids = desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEED)).result().ids[:50]
    return desk.ask(ReadRows(tuple(ids))).result()


def decide(desk: Desk, row: QueueRow, out: Output, *, may_reply: bool) -> OutboxRow | None:
    """One mention: answered with an approved template, or filed; the reply when there was one."""
    out.say(f"  {visible(row.author)} ({row.handle}): {cut(visible(row.body), 100)}")
    detail = desk.ask(ReadDetail(row.id)).result()
    if detail is None:
        return None
    if may_reply and "?" in row.body:
        return answer_with_template(desk, detail, out)
    if "http" in row.body and row.reach < 5:
        desk.do(SetStatus((row.id,), Status.SPAM.value)).result()
        out.say(tr("    decided: spam"))
    elif "?" in row.body:
        desk.do(Snooze((row.id,), row.at + SNOOZE_MS + 86_400_000)).result()
        out.say(tr("    decided: snoozed until tomorrow"))
    else:
        desk.do(AddLabel((row.id,), "read")).result()
        desk.do(SetStatus((row.id,), Status.DONE.value, Disposition.NO_REPLY_NEEDED.value)).result()
        out.say(tr("    decided: done, no reply needed"))
    return None


def answer_with_template(desk: Desk, detail: Detail, out: Output) -> OutboxRow | None:
    """The first approved template whose slots can all be filled."""
    for template in desk.ask(ListTemplates()).result():
        try:
            version = choose_version(desk, template.name, detail.lang)
            outbox_id = send(desk, detail.row.id, version, slot_values([], detail))
        except CommandError:
            continue  # a slot nobody can fill here, or an answer that is there already
        row = wait_for_fate(desk, outbox_id)
        out.say(tr("    decided: reply with «{name}»", name=template.name))
        out.say(f"    {outbox_state(row)} {row.url}")
        out.say(f"    “{cut(visible(row.text), 140)}”")
        return row
    return None


def undo_last(desk: Desk, out: Output) -> None:
    """One step back, because everything can be taken back."""
    try:
        done = desk.do(Undo()).result()
    except CommandError:
        return
    out.say(tr("undone: the last decision ({kind})", kind=str(done.answer["kind"])))
