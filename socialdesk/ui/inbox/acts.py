"""The acts of the inbox as actions: names, keys, when each can be done."""

from collections.abc import Callable
from functools import partial

from socialdesk.i18n import tr
from socialdesk.ui.actions import Action
from socialdesk.ui.focus import is_text
from socialdesk.ui.inbox.acting import Acting
from socialdesk.ui.inbox.insight_acts import insight_actions
from socialdesk.ui.inbox.screen import InboxScreen


def inbox_actions(
    inbox: InboxScreen, is_shown: Callable[[], bool], acting: Callable[[], Acting | None]
) -> list[Action]:
    """`is_shown()`: the inbox is the screen in front. `acting()`: the acts of the list that has the
    keys, there or in the columns; None where there is none."""

    def has_list() -> bool:
        return acting() is not None

    def on_card() -> bool:
        return (found := acting()) is not None and found.can_act

    def act(run: Callable[[Acting], object]) -> Callable[[], None]:
        def on_list() -> None:
            if (found := acting()) is not None:
                run(found)

        return on_list

    def on_row() -> bool:
        return is_shown() and inbox.has_current()

    def on_link() -> bool:
        return on_row() and inbox.can_open_on_network()

    thread, pane = inbox.thread_pane, inbox.pane

    def choose_order() -> None:
        from socialdesk.ui.inbox.questions import ask_order

        ask_order(pane.view, pane.order, pane.set_order, inbox)

    def can_send() -> bool:
        """Not from another text field: the key that saves a note must not send a reply."""
        focus = inbox.window().focusWidget()
        is_elsewhere = focus is not None and is_text(focus)
        return on_row() and (not is_elsewhere or thread.composer.isAncestorOf(focus))

    acts = [
        Action("next", lambda: tr("Next"), "j, Down", act(lambda a: a.step(1)), has_list),
        Action("previous", lambda: tr("Previous"), "k, Up", act(lambda a: a.step(-1)), has_list),
        Action("read_on", lambda: tr("Read on"), "Space", inbox.read_on, is_shown),
        Action("done", lambda: tr("Done and next"), "e",
               act(lambda a: a.finish(stay=False)), on_card),
        Action("done_stay", lambda: tr("Done, and stay"), "Shift+E",
               act(lambda a: a.finish(stay=True)), on_card),
        Action("snooze", lambda: tr("Snooze…"), "h", act(Acting.snooze), on_card),
        Action("promise", lambda: tr("Promise an answer by…"), "", act(Acting.promise), on_card),
        Action("label", lambda: tr("Label…"), "l", act(Acting.label), on_card),
        Action("assign", lambda: tr("Hand over…"), "a", act(Acting.hand_over), on_card),
        Action("link_contact", lambda: tr("Link the author to a contact…"), "Shift+K",
               act(Acting.link_contact), on_card, also=lambda: tr("Make contact")),
        Action("spam", lambda: tr("Spam"), "!", act(Acting.set_spam), on_card),
        Action("spam_mute", lambda: tr("Spam, and mute the author"), "Ctrl+Shift+M",
               act(Acting.set_spam_and_mute), on_card),
        Action("mute", lambda: tr("Mute the author, or hear them again"), "m",
               act(Acting.turn_mute), on_card),
        Action("muted_people", lambda: tr("Muted people…"), "Shift+M", act(Acting.hear_again),
               has_list),
        Action("vip", lambda: tr("VIP, or no longer"), "v", act(Acting.turn_vip), on_card),
        Action("pin", lambda: tr("Pin on top, or no longer"), "p", act(Acting.turn_pin), on_card),
        Action("unread", lambda: tr("Mark unread"), "u", act(Acting.mark_unread), on_card),
        Action("reopen", lambda: tr("Open again"), "o", act(Acting.reopen), on_card),
        Action("select", lambda: tr("Mark"), "x",
               act(lambda a: a.pane.list.toggle_mark()), on_card),
        Action("select_all", lambda: tr("Mark all"), "Ctrl+A",
               act(lambda a: a.pane.list.selectAll()), on_card),
        Action("select_matching", lambda: tr("Mark all that match"), "Ctrl+Shift+A",
               act(lambda a: a.pane.mark_all_matching()), on_card),
        Action("order", lambda: tr("Order of the list…"), "Shift+O", choose_order, is_shown),
        Action("reply", lambda: tr("Reply"), "r", thread.begin_reply, on_row),
        Action("note", lambda: tr("Note…"), "n", thread.write_note, on_row),
        Action("template", lambda: tr("Insert a template…"), "Ctrl+T",
               lambda: thread.composer.insert_template(), on_row),
        Action("faq", lambda: tr("Known questions beside the reply"), "Ctrl+Shift+F",
               lambda: thread.composer.turn_faq(), on_row),
        Action("send", lambda: tr("Send reply"), "Ctrl+Enter", lambda: thread.composer.send(),
               can_send),
        Action("send_later", lambda: tr("Send later…"), "", thread.begin_later, on_row,
               also=lambda: tr("Schedule reply")),
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
        Action(f"priority_{n}", name, str(n), act(partial(_prioritise, n)), on_card)
        for n, name in enumerate(names, 1)
    ]
    return [*acts, *insight_actions(inbox.insight, on_row)]


def _prioritise(level: int, acting: Acting) -> None:
    acting.set_priority(level)
