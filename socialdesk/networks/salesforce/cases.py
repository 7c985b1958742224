"""Cases and tasks in Salesforce: made once, found again, their state.

Three ways, found out per kind when the account signs in: by our own External ID field (upsert), by
the UI API's Idempotency-Key (kept there for 30 days), or plainly, with our id as the last line of
the description: then a repeat is a person's decision.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import Enum
from typing import Any, Final

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError, UnreachableError
from socialdesk.domain.replies.reply import LOOK_BACK_S
from socialdesk.networks.crm import CaseKind, CrmCase, CrmPushed
from socialdesk.networks.salesforce import soql
from socialdesk.networks.salesforce.api import SalesforceApi
from socialdesk.networks.salesforce.people import page
from socialdesk.networks.values import text_or

KEY: Final = "SocialDesk_Id__c"  # the field of ours
KINDS: Final = {CaseKind.CASE: "Case", CaseKind.TASK: "Task"}
MAX_SUBJECT, MAX_BODY = 255, 32_000  # characters

_PERSON: Final = {"Case": "ContactId", "Task": "WhoId"}
_ASKED_AT_ONCE: Final = 100


class Way(Enum):
    """How one kind of object is made once."""

    EXTERNAL_ID = "external_id"
    IDEMPOTENCY_KEY = "idempotency_key"
    PLAIN = "plain"


class Cases:
    """`ways`: by kind of object."""

    def __init__(self, api: SalesforceApi, ways: Mapping[str, Way]) -> None:
        self._api, self._ways = api, ways

    def push(self, case: CrmCase) -> CrmPushed:
        """Make it, on its contact."""
        self._check_allowance()
        kind = KINDS[case.kind]
        match self._ways[kind]:
            case Way.EXTERNAL_ID:
                id = self._upserted(kind, case)
            case Way.IDEMPOTENCY_KEY:
                body = {"apiName": kind, "fields": _facts(case, kind, with_mark=True)}
                id = self._made("ui-api/records", body, {"Idempotency-Key": case.key})
            case Way.PLAIN:
                id = self._made(f"sobjects/{kind}/", _facts(case, kind, with_mark=True))
        return CrmPushed(f"{kind}/{id}", page(self._api.instance, kind, id))

    def find(self, case: CrmCase) -> CrmPushed | None:
        """By our field, or among the newest with this subject by our id in the description."""
        kind = KINDS[case.kind]
        if self._ways[kind] is Way.EXTERNAL_ID:
            return self._by_key(kind, case.key)
        subject, since = _cut(case.subject, MAX_SUBJECT), _since(case)
        records = self._asked(
            f"SELECT Id, Description, Status FROM {kind} WHERE CreatedDate >= {since}"
            f" AND Subject = {soql.text(subject)} ORDER BY CreatedDate DESC LIMIT 50"
        )  # a Description cannot be asked for: it is compared here
        ours = (one for one in records if _mark(case.key) in text_or(one.get("Description")))
        found = next(ours, None)
        return None if found is None else self._pushed(kind, found)

    def states(self, remote_ids: Iterable[str]) -> dict[str, str]:
        """By remote id; who was deleted is not there."""
        found: dict[str, str] = {}
        for kind in KINDS.values():
            ids = [id.partition("/")[2] for id in remote_ids if id.startswith(f"{kind}/")]
            for start in range(0, len(ids), _ASKED_AT_ONCE):
                part = soql.ids(ids[start : start + _ASKED_AT_ONCE])
                if part != "()":
                    records = self._asked(f"SELECT Id, Status FROM {kind} WHERE Id IN {part}")
                    found |= {f"{kind}/{one['Id']}": text_or(one.get("Status")) for one in records}
        return found

    # --- making ---

    def _check_allowance(self) -> None:
        """Asked before a write: its failure has made nothing."""
        try:
            self._api.check_allowance()
        except (UnreachableError, BadAnswerError) as e:
            raise UnreachableError(str(e), maybe_done=False) from e

    def _upserted(self, kind: str, case: CrmCase) -> str:
        path = f"sobjects/{kind}/{KEY}/{case.key}"
        answer = self._api.write("PATCH", path, _facts(case, kind, with_mark=False))
        if answer.data is None:  # 204: it was there before; its id is asked for
            return self._id_of_key(kind, case.key)
        return _made_id(answer.data)

    def _id_of_key(self, kind: str, key: str) -> str:
        found = self._by_key(kind, key)
        if found is None:
            raise UnreachableError("Salesforce took it and does not show it", maybe_done=True)
        return found.remote_id.partition("/")[2]

    def _made(self, path: str, body: Any, headers: Mapping[str, str] | None = None) -> str:
        return _made_id(self._api.write("POST", path, body, headers).data)

    # --- looking ---

    def _by_key(self, kind: str, key: str) -> CrmPushed | None:
        try:
            found = self._api.get(f"sobjects/{kind}/{KEY}/{key}", fields="Id,Status")
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return None
            raise
        return self._pushed(kind, _checked(found))

    def _asked(self, question: str) -> list[Mapping[str, Any]]:
        data = self._api.get("query", q=question)
        records = data.get("records") if isinstance(data, Mapping) else None
        if not isinstance(records, list):
            raise BadAnswerError("Salesforce sent an answer we cannot read")
        return [_checked(one) for one in records]

    def _pushed(self, kind: str, found: Mapping[str, Any]) -> CrmPushed:
        id = text_or(found["Id"])
        url = page(self._api.instance, kind, id)
        return CrmPushed(f"{kind}/{id}", url, text_or(found.get("Status")))


def _facts(case: CrmCase, kind: str, *, with_mark: bool) -> dict[str, str]:
    """What stands in it: nothing but what the person saw, and our id where it has no field."""
    mark = f"\n\n{_mark(case.key)}" if with_mark else ""
    facts = {
        "Subject": _cut(case.subject, MAX_SUBJECT),
        "Description": _cut(case.body, MAX_BODY - len(mark)) + mark,
    }
    if soql.is_id(case.person_remote_id):
        facts[_PERSON[kind]] = case.person_remote_id
    return facts


def _made_id(data: Any) -> str:
    """Of the answer to a write; unreadable, it may be done."""
    found = text_or(data.get("id")) if isinstance(data, Mapping) else ""
    if not soql.is_id(found):
        raise UnreachableError("Salesforce took it and answered unreadably", maybe_done=True)
    return found


def _checked(record: Any) -> Mapping[str, Any]:
    if not isinstance(record, Mapping) or not soql.is_id(text_or(record.get("Id"))):
        raise BadAnswerError("Salesforce sent a case we cannot read")
    return record


def _since(case: CrmCase) -> str:
    return soql.time(case.made_at - timedelta(seconds=LOOK_BACK_S))


def _mark(key: str) -> str:
    return f"SocialDesk: {key}"


def _cut(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[: limit - 1] + "…"
