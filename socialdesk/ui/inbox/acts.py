"""The acts of the inbox as actions: names, keys, when each can be done."""

from collections.abc import Callable
from functools import partial

from socialdesk.i18n import tr
from socialdesk.ui.actions import Action
from socialdesk.ui.inbox.screen import InboxScreen


def inbox_actions(inbox: InboxScreen, is_shown: Callable[[], bool]) -> list[Action]:
    """`is_shown()`: the inbox is the screen in front."""

    def on_row() -> bool:
        return is_shown() and inbox.has_current()

    def on_link() -> bool:
        return on_row() and inbox.can_open_on_network()

    thread, pane, acting = inbox.thread_pane, inbox.pane, inbox.acting
    acts = [
        Action("next", lambda: tr("Next"), "j, Down", lambda: inbox.step(1), is_shown),
        Action("previous", lambda: tr("Previous"), "k, Up", lambda: inbox.step(-1), is_shown),
        Action("read_on", lambda: tr("Read on"), "Space", inbox.read_on, is_shown),
        Action("done", lambda: tr("Done and next"), "e", lambda: acting.finish(stay=False), on_row),
        Action("done_stay", lambda: tr("Done, and stay"), "Shift+E",
               lambda: acting.finish(stay=True), on_row),
        Action("snooze", lambda: tr("Snooze…"), "h", acting.snooze, on_row),
        Action("label", lambda: tr("Label…"), "l", acting.label, on_row),
        Action("assign", lambda: tr("Hand over…"), "a", acting.hand_over, on_row),
        Action("spam", lambda: tr("Spam"), "!", acting.set_spam, on_row),
        Action("mute", lambda: tr("Mute the author, or hear them again"), "m", acting.turn_mute,
               on_row),
        Action("vip", lambda: tr("VIP, or no longer"), "v", acting.turn_vip, on_row),
        Action("pin", lambda: tr("Pin on top, or no longer"), "p", acting.turn_pin, on_row),
        Action("unread", lambda: tr("Mark unread"), "u", inbox.mark_unread, on_row),
        Action("reopen", lambda: tr("Open again"), "o", acting.reopen, on_row),
        Action("select", lambda: tr("Mark"), "x", pane.list.toggle_mark, on_row),
        Action("select_all", lambda: tr("Mark all"), "Ctrl+A", pane.list.selectAll, on_row),
        Action("select_matching", lambda: tr("Mark all that match"), "Ctrl+Shift+A",
               pane.mark_all_matching, on_row),
        Action("reply", lambda: tr("Reply"), "r", lambda: thread.composer.focus_text(), on_row),
        Action("note", lambda: tr("Note…"), "n", thread.write_note, on_row),
        Action("template", lambda: tr("Insert a template…"), "Ctrl+T",
               lambda: thread.composer.insert_template(), on_row),
        Action("send", lambda: tr("Send reply"), "Ctrl+Enter", lambda: thread.composer.send(),
               on_row),
        Action("open_on_network", lambda: tr("Open on the network…"), "b", inbox.open_on_network,
               on_link),
        Action("context", lambda: tr("Show or hide who wrote it"), "i", inbox.turn_context,
               is_shown),
        Action("more", lambda: tr("More acts…"), "", inbox.show_more, on_row),
        Action("show_fresh", lambda: tr("Show what is new"), "g n", pane.show_fresh,
               lambda: is_shown() and pane.n_fresh > 0),
    ]  # fmt: skip
    names = (
        lambda: tr("Priority 1, highest"), lambda: tr("Priority 2"), lambda: tr("Priority 3"),
        lambda: tr("Priority 4, lowest"),
    )  # fmt: skip
    acts += [
        Action(f"priority_{n}", name, str(n), partial(acting.set_priority, n), on_row)
        for n, name in enumerate(names, 1)
    ]
    return acts
