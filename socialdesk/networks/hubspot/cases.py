"""Tickets and tasks in HubSpot: made once by a property of our own, found again, their state.

HubSpot honours no idempotency key. Its batch upsert by a unique property is one: the same value
is the same ticket. Without that property our id is the last line of the text, and only a search
finds it, some seconds late: then a repeat is a person's decision.
"""

import html
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.replies.reply import LOOK_BACK_S
from socialdesk.networks.crm import NOT_TIED, CaseKind, CrmCase, CrmPushed
from socialdesk.networks.hubspot.api import (
    HubSpotApi,
    object_path,
    pipeline_path,
    refusal_in,
)
from socialdesk.networks.hubspot.links import Links
from socialdesk.networks.values import id_of, text_or

KEY: Final = "socialdesk_id"  # the property of ours
KINDS: Final = {CaseKind.CASE: "tickets", CaseKind.TASK: "tasks"}
MAX_SUBJECT, MAX_BODY = 255, 65_536  # characters of a text property

_STATE: Final = {"tickets": "hs_pipeline_stage", "tasks": "hs_task_status"}
_SUBJECT: Final = {"tickets": "subject", "tasks": "hs_task_subject"}
_BODY: Final = {"tickets": "content", "tasks": "hs_task_body"}
_READ_AT_ONCE: Final = 100


class Cases:
    """`keyed`: the kinds of object that have the property KEY."""

    def __init__(self, api: HubSpotApi, links: Links, keyed: frozenset[str]) -> None:
        self._api, self._links, self._keyed = api, links, keyed

    def push(self, case: CrmCase) -> CrmPushed:
        """Make it, then tie it to its contact."""
        kind = KINDS[case.kind]
        stages = self._before(kind)
        facts = self._facts(case, kind, stages)
        made = self._upserted(case, kind, facts) if kind in self._keyed else self._made(kind, facts)
        is_tied = self._tie(kind, id_of(made["id"]), case.person_remote_id)
        return self._pushed(kind, made, stages, is_tied=is_tied)

    def find(self, case: CrmCase) -> CrmPushed | None:
        """The one with our id. One that is there and not tied to its contact was cut off between
        the two: that is done now; it may be done any number of times."""
        kind = KINDS[case.kind]
        found = self._by_key(kind, case) if kind in self._keyed else self._by_search(kind, case)
        if found is None:
            return None
        try:
            is_tied = self._tie(kind, id_of(found["id"]), case.person_remote_id)
            return self._pushed(kind, found, self._stages(kind), is_tied=is_tied)
        except (KeyError, TypeError, ValueError) as e:
            raise BadAnswerError("HubSpot sent a case we cannot read") from e

    def states(self, remote_ids: Iterable[str]) -> dict[str, str]:
        """By remote id; who was deleted or archived is not there."""
        found: dict[str, str] = {}
        for kind in KINDS.values():
            ids = [id.partition("/")[2] for id in remote_ids if id.startswith(f"{kind}/")]
            stages = self._stages(kind) if ids else {}
            for start in range(0, len(ids), _READ_AT_ONCE):
                found |= self._states(kind, ids[start : start + _READ_AT_ONCE], stages)
        return found

    # --- making ---

    def _before(self, kind: str) -> Mapping[str, tuple[str, str]]:
        """What is asked before a write: its failure has made nothing."""
        try:
            return self._stages(kind)
        except UnreachableError as e:
            raise UnreachableError(str(e), maybe_done=False) from e
        except BadAnswerError as e:
            raise UnreachableError(str(e), maybe_done=False) from e

    def _stages(self, kind: str) -> Mapping[str, tuple[str, str]]:
        """Of tickets: stage id to pipeline id and label, the account's own first one first."""
        if kind != "tickets":
            return {}
        data = self._api.get(pipeline_path(kind))
        try:
            pipelines = sorted(data["results"], key=_order)
            return {
                id_of(stage["id"]): (id_of(pipeline["id"]), text_or(stage.get("label")))
                for pipeline in pipelines
                for stage in sorted(pipeline["stages"], key=_order)
            }
        except (KeyError, TypeError, ValueError, AttributeError) as e:
            raise BadAnswerError("HubSpot sent pipelines we cannot read") from e

    def _facts(
        self, case: CrmCase, kind: str, stages: Mapping[str, tuple[str, str]]
    ) -> dict[str, str]:
        words = case.body
        if kind not in self._keyed:
            mark = f"\n\n{_mark(case.key)}"
            words = _cut(words, MAX_BODY - len(mark)) + mark
        facts = {_SUBJECT[kind]: _cut(case.subject, MAX_SUBJECT)}
        if kind == "tasks":
            return facts | {
                "hs_task_body": _cut(_as_html(words), MAX_BODY),
                "hs_task_status": "NOT_STARTED",
                "hs_timestamp": case.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            }
        stage, (pipeline, _) = next(iter(stages.items()), ("1", ("0", "")))
        return facts | {
            "content": _cut(words, MAX_BODY),
            "hs_pipeline": pipeline,
            "hs_pipeline_stage": stage,
        }

    def _upserted(self, case: CrmCase, kind: str, facts: dict[str, str]) -> Mapping[str, Any]:
        entry = {"id": case.key, "idProperty": KEY, "properties": facts}
        answer = self._api.post(object_path(kind, "batch", "upsert"), {"inputs": [entry]})
        try:  # 207: some of the batch failed, and ours is a batch of one
            if answer.status == 207 and not answer.data.get("results"):
                raise refusal_in(answer.data.get("errors"))
            return _case_of(answer.data["results"][0])
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            pass
        raise UnreachableError("HubSpot took it and answered unreadably", maybe_done=True)

    def _made(self, kind: str, facts: dict[str, str]) -> Mapping[str, Any]:
        answer = self._api.post(object_path(kind), {"properties": facts})
        try:
            return _case_of(answer.data)
        except (KeyError, TypeError, ValueError):
            pass
        raise UnreachableError("HubSpot took it and answered unreadably", maybe_done=True)

    def _tie(self, kind: str, id: str, person: str) -> bool:
        """By the account's own default kind of tie; False when HubSpot refuses it: the case is
        there all the same."""
        if not person:
            return True
        path = object_path(kind, id, "associations", "default", "contacts", quote(person, safe=""))
        try:
            self._api.put(path)
        except RefusedError:
            return False
        except (RateLimitedError, AuthExpiredError) as e:  # made already: look, and go on there
            raise UnreachableError("made, but not tied yet", maybe_done=True) from e
        return True

    # --- looking ---

    def _by_key(self, kind: str, case: CrmCase) -> Mapping[str, Any] | None:
        try:
            data = self._api.get(
                object_path(kind, case.key), idProperty=KEY, properties=_STATE[kind]
            )
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return None
            raise
        return _read_case(data)

    def _by_search(self, kind: str, case: CrmCase) -> Mapping[str, Any] | None:
        since_ms = int((case.made_at - timedelta(seconds=LOOK_BACK_S)).timestamp() * 1000)
        subject = _cut(case.subject, MAX_SUBJECT)
        since = {"propertyName": "hs_createdate", "operator": "GTE", "value": str(since_ms)}
        same = {"propertyName": _SUBJECT[kind], "operator": "EQ", "value": subject}
        filters = [since, same] if subject else [since]
        body = {
            "filterGroups": [{"filters": filters}],
            "properties": [_BODY[kind], _STATE[kind]],
            "limit": 100,
        }
        data = self._api.search(object_path(kind, "search"), body)
        results = data.get("results")
        if not isinstance(results, list):
            raise BadAnswerError("HubSpot sent a search we cannot read")
        ours = (one for one in results if _mark(case.key) in _property(one, _BODY[kind]))
        found = next(ours, None)
        return None if found is None else _read_case(found)

    def _states(
        self, kind: str, ids: list[str], stages: Mapping[str, tuple[str, str]]
    ) -> dict[str, str]:
        body = {"properties": [_STATE[kind]], "inputs": [{"id": id} for id in ids]}
        data = self._api.search(object_path(kind, "batch", "read"), body)
        try:
            cases = [_case_of(one) for one in data["results"]]
        except (KeyError, TypeError, ValueError) as e:
            raise BadAnswerError("HubSpot sent states we cannot read") from e
        return {
            f"{kind}/{id_of(one['id'])}": self._state(kind, one, stages)
            for one in cases
            if not one.get("archived")
        }

    # --- reading ---

    def _state(
        self, kind: str, found: Mapping[str, Any], stages: Mapping[str, tuple[str, str]]
    ) -> str:
        value = _property(found, _STATE[kind])
        return stages[value][1] if value in stages else value

    def _pushed(
        self,
        kind: str,
        found: Mapping[str, Any],
        stages: Mapping[str, tuple[str, str]],
        *,
        is_tied: bool,
    ) -> CrmPushed:
        id = id_of(found["id"])
        url = self._links.to(kind, id, text_or(found.get("url")))
        note = "" if is_tied else NOT_TIED
        return CrmPushed(f"{kind}/{id}", url, self._state(kind, found, stages), note)


def _read_case(data: Any) -> Mapping[str, Any]:
    try:
        return _case_of(data)
    except (KeyError, TypeError, ValueError) as e:
        raise BadAnswerError("HubSpot sent a case we cannot read") from e


def _case_of(data: Any) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise TypeError("a case is an object")
    id_of(data["id"])
    return data


def _property(found: Any, name: str) -> str:
    facts = found.get("properties") if isinstance(found, Mapping) else None
    return text_or(facts.get(name)) if isinstance(facts, Mapping) else ""


def _order(entry: Any) -> int:
    at = entry.get("displayOrder", 0)
    return at if isinstance(at, int) else 0


def _mark(key: str) -> str:
    return f"[socialdesk:{key}]"


def _as_html(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
