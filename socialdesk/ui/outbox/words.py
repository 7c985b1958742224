"""What became of a reply, in words, and what a person can do about it now."""

from dataclasses import replace
from enum import Enum
from typing import Final

from socialdesk.domain.crisis.approval import Policy, TeamMode
from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.domain.replies.plan import DROPPED, SENT_BACK
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine.words.phrases import held, reason
from socialdesk.i18n import tr, trn
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.words import moment

CAME_BACK = (DROPPED, SENT_BACK)  # reasons of a reply that is a draft again


class Act(Enum):
    """What a button of an outbox row does."""

    TAKE_BACK = "take_back"
    SEND_NOW = "send_now"
    DECIDE = "decide"  # where an incident's held replies are decided about
    SEND_AGAIN = "send_again"
    IS_THERE = "is_there"
    NOT_THERE = "not_there"
    OPEN = "open"  # the thread or the sent reply, in the browser
    SHOW = "show"  # the mention, here
    APPROVE = "approve"
    CHANGE_TIME = "change_time"
    CHECK = "check"  # the temperature around a scheduled text
    DISCARD = "discard"
    EDIT = "edit"  # change a failed text: back to a draft
    EDIT_SENT = "edit_sent"  # change a sent reply on the network
    DELETE = "delete"  # take a sent reply off the network


@frozen
class Told:
    """`state`: one word or two; `text`: what happened and what comes next; `tone` of a label;
    `acts`: the first is what most people will want."""

    state: str
    text: str
    tone: str
    acts: tuple[Act, ...]


def told(r: OutboxRow, now: int, *, can_edit: bool = False) -> Told:
    """Never says "sent" before the network did. Times in ms UTC. `can_edit`: its network lets a
    sent reply be changed, and so does the policy. A post of our own answers no mention: what is
    done by way of one falls away."""
    said = _told(r, now, can_edit)
    if r.mention_id:
        return said
    is_out = r.state is OutboxState.SENT
    gone = _BY_MENTION - {Act.OPEN} if is_out else _BY_MENTION
    return replace(said, acts=tuple(act for act in said.acts if act not in gone))


_BY_MENTION: Final = frozenset({Act.SHOW, Act.OPEN, Act.EDIT, Act.EDIT_SENT, Act.DELETE})


def whom(r: OutboxRow) -> str:
    """To whom it goes, as a card says it."""
    return tr("to {to}", to=isolated(r.to)) if r.mention_id else tr("a post of our own")


def _told(r: OutboxRow, now: int, can_edit: bool) -> Told:
    match r.state:
        case OutboxState.HELD:
            return _held(r, now)
        case OutboxState.QUEUED:
            text = tr("It is next in line for {account}.", account=r.account)
            if not r.is_account_on:
                text = tr("It waits until {account} is on again; the accounts say what to do.",
                          account=r.account)  # fmt: skip
            elif r.next_at > now:
                text = tr("It is tried at {when}.", when=moment(r.next_at, now))
            if r.reason:
                text = f"{reason(r.reason).text} {text}"
            return Told(tr("Queued"), text, "accent", (Act.SHOW, Act.DISCARD))
        case OutboxState.SENDING:
            text = tr("It is on the wire to {account}.", account=r.account)
            return Told(tr("Sending"), text, "accent", (Act.SHOW,))
        case OutboxState.SENT:
            return _sent(r, now, can_edit)
        case OutboxState.FAILED:
            return _failed(r)
        case OutboxState.UNCERTAIN:
            return _uncertain(r, now)
        case OutboxState.APPROVAL:
            text = tr("{who} wrote it. It leaves after a second look at exactly this text.",
                      who=r.person or tr("Somebody"))  # fmt: skip
            if r.hold is HoldReason.SCHEDULED:
                text = f"{text} {_leaves(r, now)}"
            acts = (Act.APPROVE, Act.TAKE_BACK, Act.SHOW, Act.DISCARD)
            return Told(tr("For approval"), text, "warn", acts)
        case OutboxState.TAKEN_BACK:
            text = reason(r.reason).text if r.reason in CAME_BACK else tr("It is a draft again.")
            return Told(tr("Taken back"), text, "dim", (Act.SHOW,))
        case OutboxState.DISCARDED:
            return Told(tr("Discarded"), tr("It was never sent."), "dim", (Act.SHOW,))


def act_name(act: Act, state: OutboxState) -> str:
    """A button's label."""
    match act:
        case Act.TAKE_BACK:
            return tr("Take back")
        case Act.SEND_NOW:
            return tr("Send now")
        case Act.DECIDE:
            return tr("Decide about it…")
        case Act.SEND_AGAIN:
            return tr("Try again")
        case Act.IS_THERE:
            return tr("It is there")
        case Act.NOT_THERE:
            return tr("It is not there, send again")
        case Act.OPEN:
            return tr("Open reply") if state is OutboxState.SENT else tr("Open thread in browser")
        case Act.SHOW:
            return tr("Show mention")
        case Act.APPROVE:
            return tr("Approve exactly this text")
        case Act.CHANGE_TIME:
            return tr("Change time…")
        case Act.CHECK:
            return tr("Check it…")
        case Act.DISCARD:
            return tr("Discard")
        case Act.DELETE:
            return tr("Delete on the network…")
        case Act.EDIT:
            return tr("Change the text")
        case Act.EDIT_SENT:
            return tr("Edit on the network…")


def is_ours(r: OutboxRow) -> bool:
    """On the network, and put there by this program."""
    return r.state is OutboxState.SENT and r.reason not in ("by_hand", "deleted")


def why_not_edited(policy: Policy) -> str:
    """Why a sent reply keeps its words under this policy; "" when they may be changed."""
    match policy:
        case Policy.FREE:
            return ""
        case Policy.APPROVAL:
            return tr("Your own words need a second look here (Settings, Reply policy), so a reply "
                      "that is out is not edited.")  # fmt: skip
        case Policy.TEMPLATES:
            return tr("Only approved templates may be sent here (Settings, Reply policy), so a "
                      "reply that is out is not edited.")  # fmt: skip


def spoken(r: OutboxRow, now: int) -> str:
    """A row for somebody who hears it: state, to whom, from which account, when, words."""
    said = told(r, now)
    to = tr("To {to}", to=r.to) if r.mention_id else tr("A post of our own")
    at = moment(r.made_at, now) if r.made_at else ""
    place = ", ".join(filter(None, (to, one_line(r.account), at)))
    return f"{said.state}. {place}: {r.text}. {said.text}"


def _held(r: OutboxRow, now: int) -> Told:
    if r.hold in (None, HoldReason.UNDO):
        seconds = max(0, -(-(r.held_until - now) // 1000))
        text = (
            trn("Goes out in {n} second.", "Goes out in {n} seconds.", seconds)
            if seconds
            else tr("On its way.")
        )
        return Told(tr("Held"), text, "warn", (Act.TAKE_BACK, Act.SEND_NOW, Act.SHOW))
    if r.hold is HoldReason.CRISIS:
        why = tr("It leaves only once somebody decides to keep it, after a new second look.")
        out = (Act.DECIDE, Act.SHOW, Act.DISCARD)
        return Told(tr("Held"), f"{held(r.hold)} {why}", "warn", out)
    if r.hold is HoldReason.ASK and r.reason == "not_approved":
        text = tr("The policy asks for a second look at this text now.")
        return Told(tr("Held"), text, "warn", (Act.APPROVE, Act.TAKE_BACK, Act.SHOW, Act.DISCARD))
    if r.hold is HoldReason.SCHEDULED:
        plans = (
            Act.CHANGE_TIME, Act.CHECK, Act.SEND_NOW, Act.TAKE_BACK, Act.SHOW, Act.DISCARD,
        )  # fmt: skip
        return Told(tr("Scheduled"), _leaves(r, now), "accent", plans)
    text = reason(r.reason).text if r.hold is HoldReason.ASK and r.reason else held(r.hold)
    if r.hold is HoldReason.ASK and r.held_until:
        text = tr("{why} It was meant for {when}.", why=text, when=moment(r.held_until, now))
        ways = (Act.SHOW, Act.SEND_NOW, Act.CHANGE_TIME, Act.TAKE_BACK, Act.DISCARD)
        return Told(tr("Held"), text, "warn", ways)
    acts = (Act.SHOW, Act.SEND_NOW, Act.TAKE_BACK, Act.DISCARD)
    return Told(tr("Held"), text, "warn", acts)


def _leaves(r: OutboxRow, now: int) -> str:
    """When, and what stops it."""
    when = moment(r.held_until, now)
    if r.is_dropped_if_written:
        return tr("It leaves at {when}, unless they write first.", when=when)
    return tr("It leaves at {when}, also when they write first.", when=when)


def why_to_approve(r: OutboxRow, mode: TeamMode, here: str) -> str:
    """Who looks at a reply that waits for approval; "" for any other."""
    if r.state is not OutboxState.APPROVAL:
        return ""
    if mode is TeamMode.SOLO:
        return tr("You approve this alone. It is recorded as “same person”.")
    if r.person == here:
        return tr("You wrote this. In pair mode somebody else approves it.")
    return tr("{who} wrote this; you, {here}, approve it.", who=r.person, here=here)


def why_none(policy: Policy) -> str:
    """Why no reply waits for approval, and which would."""
    match policy:
        case Policy.FREE:
            return tr("No reply waits for approval. Under your policy free text goes out without "
                      "one; only what risks much, such as a large sum, waits here.")  # fmt: skip
        case Policy.APPROVAL:
            return tr("No reply waits for approval. Under your policy free text comes here before "
                      "it is sent.")  # fmt: skip
        case Policy.TEMPLATES:
            return tr("No reply waits for approval. Under your policy only approved templates are "
                      "sent.")  # fmt: skip


def why_locked(code: str) -> str:
    """Where texts are looked at while this incident locks what is sent."""
    return tr("{incident} locks what is sent. Texts under its lock get their second look in the "
              "incident, and replies that waited here when it began are held there.",
              incident=code)  # fmt: skip


def _sent(r: OutboxRow, now: int, can_edit: bool) -> Told:
    when = moment(r.sent_at, now)
    if r.reason == "by_hand":
        text = tr("Answered by hand at {when}.", when=when)
    else:
        text = tr("{account} posted it at {when}.", account=r.account, when=when)
    acts = (Act.OPEN, Act.SHOW) if r.url else (Act.SHOW,)
    if r.reason == "deleted":
        text = f"{text} {reason(r.reason).text}"
    elif is_ours(r):
        acts = (*acts, *((Act.EDIT_SENT,) if can_edit else ()), Act.DELETE)
    if r.is_moderated and not r.seen_public_at and not r.reason:
        hint = tr("Not yet seen public: the network may look at it first.")
        return Told(tr("Sent"), f"{text} {hint}", "warn", acts)
    return Told(tr("Sent"), text, "ok", acts)


def _failed(r: OutboxRow) -> Told:
    said = reason(r.reason)
    text = tr("{why} It was not posted.", why=said.text)
    if r.detail:
        text = tr("{text} The network said: “{detail}”", text=text, detail=r.detail)
    acts = {
        "edit": (Act.EDIT, Act.SHOW, Act.DISCARD),
        "browser": (Act.OPEN, Act.SEND_AGAIN, Act.SHOW, Act.DISCARD),
        "discard": (Act.DISCARD, Act.OPEN, Act.SHOW),
    }.get(said.action, (Act.SEND_AGAIN, Act.SHOW, Act.DISCARD))
    return Told(tr("Failed"), text, "danger", acts)


def _uncertain(r: OutboxRow, now: int) -> Told:
    """The one state where a person may know more than the program."""
    text = tr("The network never answered, so it may or may not be there. It is not sent again "
              "before we know.")  # fmt: skip
    if r.next_at > now:
        look = tr("We look for it again at {when}.", when=moment(r.next_at, now))
    elif r.next_at:
        look = tr("We are looking for it.")
    else:
        look = tr("It cannot be told from here: please look yourself, then choose.")
    acts = (Act.OPEN, Act.IS_THERE, Act.NOT_THERE, Act.SHOW, Act.DISCARD)
    return Told(tr("Uncertain"), f"{text} {look}", "danger", acts)
