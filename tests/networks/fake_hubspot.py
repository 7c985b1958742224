"""A HubSpot account in this process: contacts, tickets, tasks; strict about what it is asked.

Shapes: developers.hubspot.com, 2026-03 reference, and the models of hubspot-api-client 12.0.0;
invented people. Nobody here saw the live service.
"""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import requests

from socialdesk.networks.scripted import Scripted
from socialdesk.networks.testing_crm import CrmServer

HOST = "api.hubapi.com"
KEY = "pat-eu1-canary-key-5f2c"
PORTAL = "46001"
SETTINGS = {
    "portal": PORTAL, "ui": "app-eu1.hubspot.com", "zone": "Europe/Vilnius",
    "keyed": "tickets tasks", "handle_property": "",
}  # fmt: skip
OBJECTS = "/crm/objects/2026-03/"
PROPERTIES = "/crm/properties/2026-03/"
NEEDED = {
    "contacts": ("firstname", "lastname", "email", "phone", "company", "jobtitle"),
    "tickets": ("subject", "content", "hs_pipeline", "hs_pipeline_stage"),
    "tasks": ("hs_task_subject", "hs_task_body", "hs_timestamp", "hs_task_status"),
}
MORE = {
    "contacts": ("lifecyclestage", "twitterhandle"),
    "tickets": ("hs_createdate", "socialdesk_id"),
    "tasks": ("hs_createdate", "socialdesk_id"),
}
STAGES = (("11", "New"), ("14", "Closed"))


@dataclass
class Thing:
    """An object: its properties and the contacts it is tied to."""

    id: str
    facts: dict[str, str]
    made_ms: int
    key: str = ""
    tied: set[str] = field(default_factory=set)


class FakeHubSpot(CrmServer):
    """`scopes`: what the key may do. `keyed`: objects that have the unique property. `breaks_at`:
    the next PUT fails so."""

    def __init__(self, keyed: tuple[str, ...] = ("tickets", "tasks")) -> None:
        super().__init__()
        self.things: dict[str, dict[str, Thing]] = {"contacts": {}, "tickets": {}, "tasks": {}}
        self.keyed = set(keyed)
        self.scopes = {"crm.objects.contacts.read", "crm.objects.contacts.write", "tickets"}
        self.breaks_at = 0
        self.has_multi_status = False
        self._n = 900

    # --- what tests do ---

    def add_person(self, name: str, email: str) -> str:
        first, _, last = name.partition(" ")
        return self._add("contacts", {"firstname": first, "lastname": last, "email": email}).id

    def n_cases(self, subject: str) -> int:
        return len(self._cases(subject))

    def case_of(self, subject: str) -> tuple[str, str]:
        (case,) = self._cases(subject)
        words = case.facts.get("content", "")
        if not words:
            words = html.unescape(case.facts["hs_task_body"].replace("<br>", "\n"))
        return words, next(iter(case.tied), "")

    def close_case(self, subject: str) -> str:
        (case,) = self._cases(subject)
        if "hs_task_status" in case.facts:
            case.facts["hs_task_status"] = "COMPLETED"
            return "COMPLETED"
        case.facts["hs_pipeline_stage"] = "14"
        return "Closed"

    def _cases(self, subject: str) -> list[Thing]:
        both = (*self.things["tickets"].values(), *self.things["tasks"].values())
        return [
            one for one in both
            if subject in (one.facts.get("subject"), one.facts.get("hs_task_subject"))
        ]  # fmt: skip

    def _add(self, kind: str, facts: dict[str, str], key: str = "") -> Thing:
        self._n += 1
        made = Thing(str(self._n), dict(facts), int(self.now.timestamp() * 1000), key)
        self.things[kind][made.id] = made
        return made

    # --- the service ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        parts = urlsplit(request.url or "")
        if parts.hostname != HOST:
            return Scripted(404, {})
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return refused(401, "INVALID_AUTHENTICATION", "Authentication credentials not found.")
        body: Any = json.loads(request.body) if request.body else None
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = parts.path
        if path == "/account-info/v3/details":
            return Scripted(200, {
                "portalId": int(PORTAL), "timeZone": "Europe/Vilnius",
                "uiDomain": "app-eu1.hubspot.com", "accountType": "STANDARD",
            })  # fmt: skip
        if path == "/crm/pipelines/2026-03/tickets":
            return self._scoped("tickets") or Scripted(200, {"results": [{
                "id": "0", "label": "Support", "displayOrder": 0, "stages": [
                    {"id": id, "label": label, "displayOrder": n}
                    for n, (id, label) in reversed(list(enumerate(STAGES)))],
            }]})  # fmt: skip
        if path.startswith(PROPERTIES):
            return self._properties(request.method, path.removeprefix(PROPERTIES), body)
        if path.startswith(OBJECTS):
            return self._objects(request.method, path.removeprefix(OBJECTS), body, query)
        return refused(404, "OBJECT_NOT_FOUND", "no such address")

    def _scoped(self, kind: str, *, writes: bool = False) -> Scripted | None:
        scope = {"contacts": "crm.objects.contacts.read", "tickets": "tickets"}.get(kind, "")
        if writes and kind == "contacts":
            scope = "crm.objects.contacts.write"
        return missing(scope) if scope and scope not in self.scopes else None

    def _properties(self, method: str | None, path: str, body: Any) -> Scripted:
        kind, _, name = path.partition("/")
        if name == "groups":
            return Scripted(200, {"results": [{"name": "engagement", "label": "Engagement"}]})
        if method == "GET" and name == "socialdesk_id":
            if kind not in self.keyed:
                return refused(404, "OBJECT_NOT_FOUND", "no such property")
            return Scripted(200, {"name": name, "hasUniqueValue": True, "type": "string"})
        if method == "POST" and not name:
            if scoped := self._scoped(kind):
                return scoped
            needed = {"name", "label", "groupName", "type", "fieldType", "hasUniqueValue"}
            if not needed <= set(body):
                return refused(400, "VALIDATION_ERROR", "incomplete")
            self.keyed.add(kind)
            return Scripted(201, body)
        return refused(405, "METHOD_NOT_ALLOWED", "")

    def _objects(
        self, method: str | None, path: str, body: Any, query: Mapping[str, str]
    ) -> Scripted:
        kind, *rest = [unquote(part) for part in path.split("/")]
        if kind not in self.things:
            return refused(404, "OBJECT_NOT_FOUND", "no such kind")
        if method == "PUT" and rest[1:4] == ["associations", "default", "contacts"]:
            return self._tie(kind, rest[0], rest[4])
        if scoped := self._scoped(kind, writes=method == "POST" and not rest):
            return scoped
        match method, rest:
            case "GET", []:
                return Scripted(200, {"results": [], "paging": None})
            case "GET", [id]:
                return self._one(kind, id, query)
            case "POST", []:
                return self._made(kind, body["properties"])
            case "POST", ["search"]:
                return self._search(kind, body)
            case "POST", ["batch", "upsert"]:
                return self._upsert(kind, body["inputs"])
            case "POST", ["batch", "read"]:
                found = [self.things[kind].get(one["id"]) for one in body["inputs"]]
                return Scripted(200, {"status": "COMPLETE", "results": [
                    shown(one, body["properties"]) for one in found if one]})  # fmt: skip
        return refused(405, "METHOD_NOT_ALLOWED", "")

    def _one(self, kind: str, id: str, query: Mapping[str, str]) -> Scripted:
        by = query.get("idProperty", "")
        if by == "socialdesk_id" and kind not in self.keyed:
            return refused(400, "VALIDATION_ERROR", "no such unique property")
        for one in self.things[kind].values():
            value = {"email": one.facts.get("email"), "socialdesk_id": one.key}.get(by, one.id)
            if value == id:
                return Scripted(200, shown(one, query.get("properties", "").split(",")))
        return refused(404, "OBJECT_NOT_FOUND", "no such object")

    def _made(self, kind: str, facts: dict[str, str]) -> Scripted:
        wrong = unknown(kind, facts)
        return wrong or Scripted(201, shown(self._add(kind, facts), list(facts)))

    def _upsert(self, kind: str, inputs: list[dict[str, Any]]) -> Scripted:
        (entry,) = inputs
        if kind not in self.keyed or entry["idProperty"] != "socialdesk_id":
            return refused(400, "VALIDATION_ERROR", "no such unique property")
        if wrong := unknown(kind, entry["properties"]):
            return wrong
        if self.has_multi_status:
            return Scripted(207, {"status": "COMPLETE", "results": [], "numErrors": 1, "errors": [
                {"status": "error", "category": "VALIDATION_ERROR", "message": "no", "errors": []}
            ]})  # fmt: skip
        same = [one for one in self.things[kind].values() if one.key == entry["id"]]
        found = same[0] if same else self._add(kind, {}, entry["id"])
        found.facts |= entry["properties"]
        result = {**shown(found, list(entry["properties"])), "new": not same}
        return Scripted(200, {"status": "COMPLETE", "results": [result]})

    def _tie(self, kind: str, id: str, person: str) -> Scripted:
        if self.breaks_at:
            status, self.breaks_at = self.breaks_at, 0
            return Scripted(status, b"")
        if scoped := self._scoped("contacts", writes=True):
            return scoped
        if id not in self.things[kind] or person not in self.things["contacts"]:
            return refused(404, "OBJECT_NOT_FOUND", "no such object")
        self.things[kind][id].tied.add(person)
        return Scripted(200, {"status": "COMPLETE", "results": []})

    def _search(self, kind: str, body: dict[str, Any]) -> Scripted:
        groups = body["filterGroups"]
        if not 1 <= len(groups) <= 5 or body["limit"] > 200:
            return refused(400, "VALIDATION_ERROR", "too many groups")
        for group in groups:
            for one in group["filters"]:
                if one["propertyName"] not in (*NEEDED[kind], *MORE[kind]):
                    return refused(400, "VALIDATION_ERROR", "PROPERTY_DOESNT_EXIST")
        found = [
            one for one in self.things[kind].values()
            if any(all(fits(one, f) for f in group["filters"]) for group in groups)
        ]  # fmt: skip
        results = [shown(one, body["properties"]) for one in found[: body["limit"]]]
        return Scripted(200, {"total": len(found), "results": results})


def fits(one: Thing, wanted: Mapping[str, str]) -> bool:
    """Whether an object passes one filter."""
    if wanted["propertyName"] == "hs_createdate":
        assert wanted["operator"] == "GTE"
        return one.made_ms >= int(wanted["value"])
    assert wanted["operator"] == "EQ"
    return one.facts.get(wanted["propertyName"], "").casefold() == wanted["value"].casefold()


def shown(one: Thing, names: list[str]) -> dict[str, Any]:
    """Only what was asked for; an unknown property is silently absent."""
    at = datetime.fromtimestamp(one.made_ms / 1000).astimezone().isoformat()
    return {
        "id": one.id, "archived": False, "createdAt": at, "updatedAt": at,
        "properties": {name: one.facts[name] for name in names if name in one.facts},
    }  # fmt: skip


def unknown(kind: str, facts: Mapping[str, Any]) -> Scripted | None:
    """HubSpot refuses properties that are not there, and values that are no text."""
    for name, value in facts.items():
        if name not in (*NEEDED[kind], *MORE[kind]) or not isinstance(value, str):
            return refused(400, "VALIDATION_ERROR", f"Property {name} does not exist")
    if kind == "tickets" and facts.get("hs_pipeline_stage") not in dict(STAGES):
        return refused(400, "VALIDATION_ERROR", "INVALID_OPTION")
    if kind == "tasks" and "hs_timestamp" not in facts:
        return refused(400, "VALIDATION_ERROR", "hs_timestamp is required")
    return None


def refused(status: int, category: str, message: str, **more: Any) -> Scripted:
    """As HubSpot says no."""
    return Scripted(status, {
        "status": "error", "message": message, "category": category,
        "correlationId": "aeb5f871-7f07-4993-9211-075dc63e7cbf", **more,
    })  # fmt: skip


def missing(scope: str) -> Scripted:
    """403 with the scope named."""
    return refused(
        403, "MISSING_SCOPES", "This app hasn't been granted all required scopes.",
        errors=[{"message": "One or more of the following scopes are required.",
                 "context": {"requiredGranularScopes": [scope]}}],
    )  # fmt: skip
