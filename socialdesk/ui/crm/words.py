"""Words about cases on their way and about records, for people."""

from socialdesk.domain.errors import Refusal
from socialdesk.domain.people.crm import (
    NOT_TIED,
    CaseKind,
    CaseRow,
    CaseState,
    CrmPerson,
    RecordRow,
)
from socialdesk.engine.words.messages import fault
from socialdesk.i18n import tr
from socialdesk.i18n import tr as spoken  # labels that connectors mark with said()
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.words import moment


def kind_name(kind: CaseKind) -> str:
    """What is made, as a button's word."""
    return tr("Case") if kind is CaseKind.CASE else tr("Task")


def state_line(case: CaseRow, now: int) -> tuple[str, str]:
    """How it is doing in one or two sentences, and their tone."""
    crm = isolated(case.account)
    match case.state:
        case CaseState.QUEUED if case.is_held:
            return tr("It leaves for {crm} in a few seconds.", crm=crm), "dim"
        case CaseState.QUEUED:
            text = tr("It waits for {crm}. {why}", crm=crm, why=why(case.reason))
            return f"{text} {_next(case, now)}".strip(), "warn"
        case CaseState.SENDING:
            return tr("It is on its way to {crm}.", crm=crm), "dim"
        case CaseState.SENT:
            return _sent(case, crm), "warn" if case.reason == NOT_TIED else ""
        case CaseState.UNCERTAIN if case.next_at:
            return tr("It may be in {crm} or not: we are looking.", crm=crm), "warn"
        case CaseState.UNCERTAIN:
            text = tr("It may be in {crm} or not, and we cannot tell. Please look there.", crm=crm)
            return text, "danger"
        case CaseState.FAILED:
            text = tr("{crm} did not take it. {why}", crm=crm, why=why(case.reason))
            told = tr("It says: {words}", words=isolated(case.detail)) if case.detail else ""
            return f"{text} {told}".strip(), "danger"
        case CaseState.DISCARDED:
            return tr("It was discarded."), "dim"


def why(reason: str) -> str:
    """Why a CRM has not got it yet, or did not take it. `reason`: as the file has it."""
    match reason:
        case Refusal.PERMISSION.value:
            return tr("Who signed in there may not do this.")
        case Refusal.TEXT.value:
            return tr("It does not like the words, or wants a field filled in.")
        case Refusal.GONE.value:
            return tr("Something it belongs to is gone there.")
        case Refusal.NOT_APPROVED.value:
            return tr("This edition lets no other programs in.")
        case Refusal.OTHER.value | Refusal.DUPLICATE.value | Refusal.UNSAFE.value:
            return tr("It gave no reason we know.")
        case "expired":
            return tr("The mention was deleted, or its words have expired.")
        case "repeat" | "interrupted" | "":
            return tr("It is tried again.")
        case _:
            return fault(reason).text


def whom(person: CrmPerson) -> str:
    """What a look-up asks for, as it leaves; "" when that is nothing."""
    told = (person.name, person.email, person.handle, person.phone)
    return " · ".join(isolated(text) for text in told if text.strip())


def facts_line(row: RecordRow) -> str:
    """What the CRM told of somebody. Its own labels are texts of ours where they are known."""
    return "\n".join(f"{spoken(label)}: {isolated(value)}" for label, value in row.record.facts)


def looked_at(row: RecordRow, now: int) -> str:
    """When this was asked for."""
    return tr("as of {time}", time=moment(row.looked_at, now))


def _sent(case: CaseRow, crm: str) -> str:
    state = one_line(case.remote_state)
    text = tr("In {crm}: {state}.", crm=crm, state=isolated(state)) if state else tr(
        "In {crm}.", crm=crm
    )  # fmt: skip
    if case.reason != NOT_TIED:
        return text
    return f"{text} {tr('It could not be joined to the record of the person.')}"


def _next(case: CaseRow, now: int) -> str:
    if case.next_at <= now:
        return ""
    return tr("Next try: {time}.", time=moment(case.next_at, now))
