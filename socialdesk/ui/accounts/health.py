"""How an account is doing, in plain words: last success, next try, what failed, what to do."""

from enum import Enum

from socialdesk.domain.account import AccountState, Can, Watch, WatchKind
from socialdesk.domain.errors import Refusal
from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import AccountRow, WatchHealth
from socialdesk.engine.words import messages, network_faults
from socialdesk.engine.words.phrases import account_state
from socialdesk.i18n import tr, trn
from socialdesk.ui.plain import isolated
from socialdesk.ui.words import RECENT, age, day, moment

FILES = "import"  # key of the network of files


class Act(Enum):
    """What a button of an account does."""

    SIGN_IN = "sign_in"
    TEST = "test"
    PAUSE = "pause"
    GO_ON = "go_on"
    DISCONNECT = "disconnect"


@frozen
class Health:
    """`word`: one or two words; `text`: sentences; `tone` of a label; `acts`: the first is what
    helps most."""

    word: str
    text: str
    tone: str
    acts: tuple[Act, ...]


def health(a: AccountRow, now: int) -> Health:
    """`now`: ms UTC."""
    match a.state:
        case AccountState.STOPPED:
            return Health(tr("Disconnected"), account_state(a), "dim", (Act.SIGN_IN,))
        case AccountState.PAUSED:
            text = tr("Paused by you. Nothing is fetched or sent until you go on; the hours until "
                      "then show as a gap.")  # fmt: skip
            return Health(tr("Paused"), text, "warn", (Act.GO_ON, Act.DISCONNECT))
        case AccountState.SIGN_IN:
            said = messages.fault(a.fault or "AuthExpiredError", a.detail)
            text = tr("{why} Nothing is lost: what was missed is fetched after you sign in.",
                      why=said.text)  # fmt: skip
            return Health(tr("Sign in again"), text, "danger", (Act.SIGN_IN, Act.DISCONNECT))
        case AccountState.ON:
            return _on(a, now)


def is_fetched(a: AccountRow) -> bool:
    """False: a file, a CRM, a panel of live reviews; it has no hours and no watches."""
    return bool(a.watches) or a.card is None or Can.FETCH in a.card.can


def sign_in_warning(a: AccountRow) -> str:
    """What is unsafe about the way it is signed in; "" = nothing."""
    if not a.has_main_password or a.state is AccountState.STOPPED:
        return ""
    return tr("It is signed in with its main password, which opens everything. Make an app "
              "password in the network's settings and sign in again with that.")  # fmt: skip


def watch_health(w: WatchHealth, now: int) -> tuple[str, str]:
    """Words and tone for one watch."""
    parts = [_last(w, now)]
    if not w.is_on:
        stopped = tr("Stopped. {last}", last=parts[0])
        return (f"{stopped} {_why(w)}", "danger") if w.fault else (stopped, "warn")
    tone = "dim"
    if w.fault:
        parts.append(messages.fault(w.fault, w.detail).text)
        if w.n_failures > 1:
            parts.append(trn("Failed {n} time.", "Failed {n} times in a row.", w.n_failures))
        tone = "danger"
    if w.next_at:
        parts.append(
            tr("Next try at {when}.", when=moment(w.next_at, now))
            if w.next_at > now
            else tr("Next try now.")
        )
    if w.n_rejects:
        parts.append(trn("{n} malformed item set aside.", "{n} malformed items set aside.",
                         w.n_rejects))  # fmt: skip
    return " ".join(parts), tone


def watch_name(watch: Watch) -> str:
    """What is watched, in words."""
    match watch.kind:
        case WatchKind.MENTIONS:
            return tr("Mentions and replies")
        case WatchKind.HASHTAG:
            return tr("Hashtag #{tag}", tag=isolated(watch.query))
        case WatchKind.KEYWORD:
            return tr("Keyword “{word}”", word=isolated(watch.query))
        case WatchKind.FEED:
            return (
                tr("Feed {address}", address=isolated(watch.query)) if watch.query else tr("Feed")
            )


def kinds_to_add(a: AccountRow) -> list[WatchKind]:
    """What else this account can watch."""
    can = a.card.can if a.card else Can(0)
    kinds = []
    has_own = any(w.watch.kind in (WatchKind.MENTIONS, WatchKind.FEED) for w in a.watches)
    if Can.FETCH in can and not has_own:
        kinds.append(WatchKind.MENTIONS)
    if Can.HASHTAG in can:
        kinds.append(WatchKind.HASHTAG)
    if Can.KEYWORD in can:
        kinds.append(WatchKind.KEYWORD)
    return kinds


def act_name(act: Act) -> str:
    """A button's label."""
    return {
        Act.SIGN_IN: tr("Sign in again"), Act.TEST: tr("Test"), Act.PAUSE: tr("Pause"),
        Act.GO_ON: tr("Go on"), Act.DISCONNECT: tr("Disconnect now…"),
    }[act]  # fmt: skip


def _on(a: AccountRow, now: int) -> Health:
    again = (Act.SIGN_IN,) if a.has_main_password else ()
    acts = (Act.TEST, Act.PAUSE, *again, Act.DISCONNECT)
    failing = sorted((w for w in a.watches if w.fault), key=lambda w: w.is_on)  # stopped: worse
    fault = a.fault or (failing[0].fault if failing else "")
    detail = a.detail or (failing[0].detail if failing else "")
    if not is_fetched(a) and not fault:
        acts = (Act.DISCONNECT,) if a.network == FILES else acts  # nobody to ask, nothing to pause
        return Health(tr("Well"), tr("Nothing is fetched from there by itself."), "ok", acts)
    if not a.watches and not fault:
        text = tr("It watches nothing yet. Add a watch below.")
        return Health(tr("Watches nothing"), text, "warn", acts)
    if fault:
        said = messages.fault(fault, detail)
        first = (Act.SIGN_IN,) if said.action == "sign_in" else ()
        is_waiting = fault in ("RateLimitedError", "SpendCapError")
        word = tr("Waiting") if is_waiting else tr("Has a problem")
        text = f"{said.text} {said.next_step}" if not said.action else said.text
        if not a.fault and not failing[0].is_on:
            text = f"{_why(failing[0])} {_tried_again()}"
        return Health(word, text, "warn" if is_waiting else "danger", _once(*first, *acts))
    last = max((w.last_ok_at for w in a.watches), default=0)
    if not last:
        return Health(tr("Starting"), tr("It has not been read yet."), "accent", acts)
    return Health(tr("Well"), tr("Last read {ago}.", ago=_ago(last, now)), "ok", acts)


def _why(w: WatchHealth) -> str:
    """What the network said when it refused."""
    what, (reason, _, detail) = messages.fault(w.fault, w.detail).text, w.detail.partition(": ")
    if reason == Refusal.GONE.value:  # of a post it would say that its author deleted it
        what = network_faults.source_gone(detail)
    if not detail:
        return what
    return tr("{what} It says: {detail}.", what=what, detail=isolated(detail.rstrip(".")))


def _tried_again() -> str:
    return tr("It is not tried again by itself: “Fetch all now” tries once more.")


def _once(*acts: Act) -> tuple[Act, ...]:
    return tuple(dict.fromkeys(acts))


def _last(w: WatchHealth, now: int) -> str:
    if not w.last_ok_at:
        return tr("Never read yet.")
    return tr("Last read {ago}.", ago=_ago(w.last_ok_at, now))


def _ago(at: int, now: int) -> str:
    if now - at < 60_000:
        return tr("just now")
    if now - at >= RECENT:  # then an age is a date
        return day(at, now)
    return tr("{span} ago", span=age(at, now))
