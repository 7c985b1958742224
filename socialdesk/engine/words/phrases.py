"""What things are, in sentences for every asker: a reply on its way, an account, a search."""

from socialdesk.domain.account import AccountState, WatchKind
from socialdesk.domain.errors import Refusal
from socialdesk.domain.queue.rows import AccountRow, OutboxRow, SearchFault, WatchHealth
from socialdesk.domain.queue.search import KINDS, SENTIMENTS, STATUSES, Has, Is, Operator
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine.words.messages import fault, refusal
from socialdesk.engine.words.sentence import Sentence
from socialdesk.i18n import tr
from socialdesk.places import PlaceError, PlaceFault


def outbox_state(row: OutboxRow) -> str:
    """Where a reply is, and why."""
    match row.state:
        case OutboxState.APPROVAL if row.reason == "risk":
            from socialdesk.engine.words.waits import risk_list  # the playbooks' words with it

            return tr("Waits for a second look: {why}.", why=risk_list(row.detail))
        case OutboxState.APPROVAL:
            return tr("Waits for a second look.")
        case OutboxState.HELD:
            asks = row.hold is HoldReason.ASK and row.reason
            return tr("Held. {why}", why=reason(row.reason).text) if asks else held(row.hold)
        case OutboxState.QUEUED:
            why = reason(row.reason).text
            return tr("Queued. {why}", why=why) if row.reason else tr("Queued.")
        case OutboxState.SENDING:
            return tr("On the wire.")
        case OutboxState.SENT if row.is_moderated and not row.seen_public_at:
            return tr("Sent. Not yet seen public: the network may look at it first.")
        case OutboxState.SENT if row.is_moderated:
            return tr("Sent, and public.")
        case OutboxState.SENT:
            return tr("Sent.")
        case OutboxState.FAILED:
            why = reason(row.reason).text
            return tr("Not sent. {why}", why=why) if row.reason else tr("Not sent.")
        case OutboxState.UNCERTAIN if row.next_at:
            return tr("The network never answered. We look whether it is there.")
        case OutboxState.UNCERTAIN:
            return tr("It is not known whether it is there. Look at the thread and decide.")
        case OutboxState.TAKEN_BACK:
            return tr("Taken back.")
        case OutboxState.DISCARDED:
            return tr("Discarded.")


def held(why: HoldReason | None) -> str:
    """Why a reply has not left yet."""
    match why:
        case HoldReason.SCHEDULED:
            return tr("Held until its time.")
        case HoldReason.CRISIS:
            return tr("Held by crisis mode.")
        case HoldReason.RESTORED:
            return tr("Held, because the file came from a backup.")
        case HoldReason.ASK:
            return tr("Held, because the thread moved on meanwhile.")
        case _:
            return tr("Held for a moment, so that it can be taken back.")


def reason(code: str) -> Sentence:
    """The sentence for a stored reason of a reply."""
    match code:
        case "damaged":
            return Sentence(
                tr("The stored text does not fit its checksum."), tr("Write it again"), "edit"
            )
        case "not_approved":
            return Sentence(tr("The policy asks for an approval now."), tr("Ask for a second look"))
        case "late":
            return Sentence(tr("Its time has passed, and nothing is sent late without a yes."),
                            tr("Send it now, or give it another time"))  # fmt: skip
        case "answered":
            return Sentence(tr("Somebody from the brand has answered there meanwhile."),
                            tr("Send anyway"), "send_anyway")  # fmt: skip
        case "dropped":
            return Sentence(tr("They wrote first, so it was not sent. It is a draft again."))
        case "sent_back":
            return Sentence(tr("The second look asked for a change. It is a draft again."))
        case "pictures":
            return Sentence(tr("The network is still reading its pictures."))
        case "picture_stuck":
            return Sentence(tr("The network never finished reading its pictures."),
                            tr("Try again"), "retry")  # fmt: skip
        case "picture_missing":
            return Sentence(tr("The file of a picture is not there any more, or was changed."),
                            tr("Choose it again"), "edit")  # fmt: skip
        case "thread_moved":
            return Sentence(tr("The thread has moved on since it was written."), tr("Send anyway"),
                            "send_anyway")  # fmt: skip
        case "post_gone":
            return Sentence(tr("What it answers was deleted on the network."),
                            tr("Send anyway"), "send_anyway")  # fmt: skip
        case "interrupted":
            return Sentence(tr("The program ended while it was on the wire."))
        case "key_outlived":
            return Sentence(
                tr("An earlier try may have arrived, and it is too late to repeat it safely.")
            )
        case "repeat":
            return Sentence(tr("It is not there, and this network honours the key: sent again."))
        case "by_hand":
            return Sentence(tr("Answered by hand in the browser."))
        case "deleted":
            return Sentence(tr("It was deleted on the network."))
        case _ if code in {r.value for r in Refusal}:
            return refusal(Refusal(code))
        case _:
            return fault(code)


def act(kind: str) -> str:
    """What undo took back, by its journal kind."""
    return {
        "status_set": tr("status"), "snoozed": tr("snooze"), "labelled": tr("label"),
        "unlabelled": tr("removed label"), "priority_set": tr("priority"),
        "assigned": tr("hand-over"), "muted": tr("mute"), "unmuted": tr("unmute"),
        "vip_set": tr("VIP mark"), "vip_unset": tr("removed VIP mark"), "noted": tr("note"),
        "pinned": tr("pin"), "macro_run": tr("macro"), "unpinned": tr("removed pin"),
        "reply_written": tr("reply"), "crm_case_made": tr("case for the CRM"),
        "statement_queued": tr("statement"),
        "corrected": tr("correction"),
        "promise_dropped": tr("dropped promise"), "promise_made": tr("promise"),
        "contact_saved": tr("contact"), "contact_noted": tr("note about a person"),
        "contact_labelled": tr("label of a person"),
        "contact_unlabelled": tr("removed label of a person"),
        "contact_marked": tr("mark of a person"), "contact_linked": tr("author of a person"),
        "contacts_merged": tr("merge"), "contacts_unmerged": tr("taking apart"),
        "contacts_apart": tr("two people kept apart"),
        "contacts_imported": tr("import of people"),
        "rule_saved": tr("change of a rule"), "rule_on": tr("rule switched on"),
        "rule_off": tr("rule switched off"), "rule_deleted": tr("deleted rule"),
        "rule_run": tr("rule on the queue"),
    }.get(kind, tr("last act"))  # fmt: skip


def account_health(account: AccountRow) -> list[str]:
    """The account's state and each of its watches, a line each."""
    lines = [account_state(account)]
    return lines + [f"{watch_name(w)}: {watch_health(w)}" for w in account.watches]


def account_state(account: AccountRow) -> str:
    """How the account is doing."""
    match account.state:
        case AccountState.ON:
            return tr("Connected.")
        case AccountState.PAUSED:
            return tr("Paused by you.")
        case AccountState.SIGN_IN:
            return tr("The network no longer accepts the sign-in. Sign in again.")
        case AccountState.STOPPED:
            return tr("Disconnected. What was fetched stays readable.")


def watch_name(watch: WatchHealth) -> str:
    """What a watch fetches."""
    match watch.watch.kind:
        case WatchKind.MENTIONS:
            return tr("mentions")
        case WatchKind.HASHTAG:
            return tr("hashtag #{tag}", tag=watch.watch.query)
        case WatchKind.KEYWORD:
            return tr("keyword {words}", words=watch.watch.query)
        case WatchKind.FEED:
            return tr("feed")


def watch_health(watch: WatchHealth) -> str:
    """Whether it works, and what failed."""
    if not watch.is_on:
        why = fault(watch.fault).text
        return tr("stopped. {why}", why=why) if watch.fault else tr("stopped.")
    if watch.fault:
        said = fault(watch.fault)
        return f"{said.text} {said.next_step}".strip()
    return tr("works.") if watch.last_ok_at else tr("not fetched yet.")


def search_fault(found: SearchFault) -> str:
    """What is wrong in a search, and how it is written."""
    word = found.word
    match found.code:
        case "unknown_operator":
            return _unknown_operator(word)
        case "bad_value":
            return tr("«{word}» is no value for {operator} {values}", word=word,
                      operator=f"{found.operator}:", values=_takes(found.operator))  # fmt: skip
        case "unknown_value":
            return f"{_unknown_value(found.operator, word)} {_instead(found)}"
        case "open_quote":
            return tr("A quotation mark is not closed.")
        case "empty_operator":
            return tr("{word} needs a value right after the colon.", word=word)
        case _:
            return tr("{word} is not understood here.", word=word)


def _unknown_operator(word: str) -> str:
    from difflib import get_close_matches  # only for who mistyped: it costs the start some ms

    typed = "".join(c for c in word if c.isalpha()).casefold()
    if near := get_close_matches(typed, [o.value for o in Operator], n=1):
        return tr("There is no {word}. Did you mean {operator}?", word=word,
                  operator=f"{near[0]}:")  # fmt: skip
    return tr(
        "There is no {word}. Operators: from: network: label: status: is: lang: sentiment: kind: "
        "reach: has: before: after: account: copies: incident:",
        word=word,
    )


def _unknown_value(operator: str, word: str) -> str:
    match operator:
        case Operator.NETWORK.value:
            return tr("There is no network «{word}» here.", word=word)
        case Operator.ACCOUNT.value:
            return tr("There is no account «{word}».", word=word)
        case Operator.LABEL.value:
            return tr("There is no label «{word}».", word=word)
        case Operator.INCIDENT.value:
            return tr("There is no incident «{word}».", word=word)
        case _:
            return tr("No mention is in the language «{word}».", word=word)


def _instead(found: SearchFault) -> str:
    """How the values that may be meant are typed."""
    if not found.known:
        return tr("Leave it out of the search.")
    quoted = (f'"{name}"' if " " in name else name for name in found.known)
    return tr("Try {list}.", list=", ".join(f"{found.operator}:{name}" for name in quoted))


def _takes(operator: str) -> str:
    """What may stand after an operator's colon, with the full stop of its sentence."""
    match operator:
        case Operator.STATUS.value:
            return tr("it takes {list}.", list=", ".join(STATUSES))
        case Operator.IS.value:
            return tr("it takes {list}.", list=", ".join(v.value for v in Is))
        case Operator.SENTIMENT.value:
            return tr("it takes {list}.", list=", ".join(SENTIMENTS))
        case Operator.KIND.value:
            return tr("it takes {list}.", list=", ".join(KINDS))
        case Operator.COPIES.value:
            return tr("it takes the number of a mention.")
        case Operator.INCIDENT.value:
            return tr("it takes the code of an incident, for example {list}.",
                      list="incident:INC-2026-0001")  # fmt: skip
        case Operator.HAS.value:
            return tr("it takes {list}.", list=", ".join(v.value for v in Has))
        case Operator.REACH.value:
            return tr("it takes a number, for example {list}.", list="reach:>1000")
        case Operator.BEFORE.value | Operator.AFTER.value:
            return tr("it takes a day, for example {list}.", list=f"{operator}:2026-11-01")
        case Operator.LANG.value:
            return tr("it takes the code of a language, for example {list}.", list="lang:kk")
        case _:
            return tr("it takes a word or a name.")


def place(error: PlaceError) -> str:
    """Why a workspace cannot lie there, and what to type instead."""
    name = error.given
    match error.fault:
        case PlaceFault.EMPTY:
            return tr("A workspace needs a name. Type letters and digits.")
        case PlaceFault.TOO_LONG:
            return tr("The name is too long. Use at most 64 characters.")
        case PlaceFault.BAD_NAME:
            return tr(
                "«{name}» cannot be a workspace's name. Use letters, digits, space, . _ -",
                name=name,
            )
        case PlaceFault.RESERVED:
            return tr(
                "«{name}» is a name that Windows keeps for itself. Choose another one.", name=name
            )
        case PlaceFault.NOT_A_FOLDER:
            return tr("«{name}» is a file, not a folder. Name a folder.", name=name)
        case PlaceFault.FOREIGN_FOLDER:
            return tr(
                "«{name}» holds other things. Name an empty folder, or one of SocialDesk's.",
                name=name,
            )
        case PlaceFault.NOT_WRITABLE:
            return tr("«{name}» cannot be written to. Choose a folder of your own.", name=name)
