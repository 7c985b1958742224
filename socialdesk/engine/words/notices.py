"""Notices as a person reads them, on the desktop and in the list."""

from socialdesk.domain import notices as n
from socialdesk.domain.notices import NoticeLine
from socialdesk.engine.words import alerts as alert_words
from socialdesk.engine.words.versions import ending_soon
from socialdesk.i18n import tr, trn

MAX_WORDS = 140  # characters of a mention on the desktop
_VERSION = ("network", "version", "until")


def title(line: NoticeLine) -> str:
    """What happened, in a few words."""
    return _of_one(line) if line.popup.n == 1 else _of_many(line)


def body(line: NoticeLine) -> str:
    """Who, and the first words when it is one mention."""
    if line.popup.n > 1:
        return _names(line)
    words = line.words[:MAX_WORDS] + ("…" if len(line.words) > MAX_WORDS else "")
    if line.who and words:
        return tr("{name}: {words}", name=line.who[0], words=words)
    return words or _next_step(line)


def place(line: NoticeLine) -> str:
    """Where the window goes for several: a view's key or a screen's name."""
    popup = line.popup
    view = popup.notices[0].facts.get("view")
    if popup.code == n.IN_VIEW and view:
        return f"saved:{view}"
    return {
        n.OVERDUE: "overdue", n.DUE_SOON: "due_soon", n.SIGN_IN: "accounts",
        "rule_stopped": "rules", "reply_not_approved": "outbox", "reply_late": "outbox",
        "reply_dropped": "outbox", "reply_answered": "outbox", "reply_sent_back": "outbox",
        "reply_post_gone": "outbox",
        "alert": "alerts", "alert_again": "alerts", "alert_mood": "alerts",
        "incident_promise_soon": "incident", "incident_promise_due": "incident",
        "incident_promise_late": "incident",
    }.get(popup.code, "needs_reply" if popup.mentions else "notices")  # fmt: skip


def _of_one(line: NoticeLine) -> str:
    subject = line.subject
    match line.popup.code:
        case "alert":
            return alert_words.notice_title(line.popup.notices[0].facts)
        case "version_ending":
            facts = line.popup.notices[0].facts
            return ending_soon(*(str(facts.get(key, "")) for key in _VERSION))
        case n.OVERDUE:
            return tr("Overdue")
        case n.DUE_SOON:
            return tr("Due soon")
        case n.IN_VIEW:
            return tr("New in {view}", view=subject)
        case n.DANGER:
            return tr("Words of danger")
        case n.VIP:
            return tr("A VIP has written")
        case n.REACH:
            return tr("Somebody with a wide reach has written")
        case n.SIGN_IN:
            return tr("{account} asks you to sign in again", account=subject)
        case n.TEST:
            return tr("This is how notices look")
        case code:
            return _of_others(code, subject)


def _of_others(code: str, subject: str) -> str:
    match code:
        case "alert_again":
            return tr("Undecided: {name}", name=subject)
        case "alert_reach":
            return tr("Negative, and heard far")
        case "alert_mood":
            return tr("The mood has turned")
        case "rule_hit" | "rule_alert":
            return tr("Rule {name}", name=subject)
        case "rule_stopped":
            return tr("The rule {name} was switched off", name=subject)
        case "promise_soon":
            return tr("A promise is due soon")
        case "promise_due":
            return tr("A promise is due now")
        case "promise_late":
            return tr("A promise was missed")
        case "incident_promise_soon":
            return tr("The next update is due soon")
        case "incident_promise_due":
            return tr("The next update is due now")
        case "incident_promise_late":
            return tr("The next update is late")
        case "reply_late":
            return tr("A scheduled reply is late and asks you")
        case "reply_not_approved":
            return tr("A scheduled reply was not approved in time")
        case "reply_dropped":
            return tr("A scheduled reply was dropped: they wrote first")
        case "reply_answered":
            return tr("A reply asks you: it was answered meanwhile")
        case "reply_post_gone":
            return tr("A reply asks you: its post was deleted")
        case "reply_sent_back":
            return tr("A reply was sent back to you")
        case _:
            return tr("Something needs you")


def _of_many(line: NoticeLine) -> str:
    count, subject = line.popup.n, line.subject
    match line.popup.code:
        case n.OVERDUE:
            return trn("{n} mention is overdue", "{n} mentions are overdue", count)
        case n.DUE_SOON:
            return trn("{n} mention is due soon", "{n} mentions are due soon", count)
        case n.IN_VIEW:
            return trn("{n} new in {view}", "{n} new in {view}", count, view=subject)
        case n.DANGER:
            return trn(
                "{n} mention with words of danger", "{n} mentions with words of danger", count
            )
        case n.VIP:
            return trn("{n} mention by a VIP", "{n} mentions by VIPs", count)
        case n.REACH:
            return trn("{n} mention with a wide reach", "{n} mentions with a wide reach", count)
        case "rule_hit" | "rule_alert":
            return trn("Rule {name}: {n} mention", "Rule {name}: {n} mentions", count, name=subject)
        case "alert" | "alert_again":
            return trn("{n} alert", "{n} alerts", count)
        case "promise_due" | "promise_soon" | "promise_late":
            return trn("{n} promise is due", "{n} promises are due", count)
        case _:
            return trn("{n} notice", "{n} notices", count)


def _names(line: NoticeLine) -> str:
    rest = line.popup.n - len(line.who)
    names = ", ".join(line.who)
    if not names:
        return ""
    if rest <= 0:
        return names
    return trn("{names} and {n} more", "{names} and {n} more", rest, names=names)


def _next_step(line: NoticeLine) -> str:
    facts = line.popup.notices[0].facts
    match line.popup.code:
        case "alert":
            return alert_words.notice_body(facts)
        case "alert_again":
            return alert_words.again_body(facts)
        case "alert_mood":
            return alert_words.mood_body(facts)
        case n.SIGN_IN:
            return tr("Nothing is fetched from there until you do.")
        case n.TEST:
            return tr("A click on one opens the mention.")
        case "rule_stopped":
            return tr("The page of the rules says why.")
        case _:
            return ""
