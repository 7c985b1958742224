"""A Salesforce org in this process: contacts, cases, tasks, and the sign-in; strict about what it
is asked. It reads the few forms of SOQL that we ask, quotation by quotation.

Shapes: REST API Developer Guide v67.0, UI API guide, and the bodies in simple-salesforce 1.12.10's
tests; invented people. Nobody here saw the live service.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import requests

from socialdesk.domain.account import Secret
from socialdesk.networks.scripted import Scripted
from socialdesk.networks.testing_crm import CrmServer
from socialdesk.networks.tokens import Tokens

LOGIN, INSTANCE = "rye.my.salesforce.com", "rye.my.salesforce.com"
CLIENT, ORG = "3MVG9canaryclient", "00D5e000001AbCdEAK"
ACCESS, REFRESH, CODE = "00D!access-canary-1", "5Aep-refresh-canary-1", "aPrxcode"
SETTINGS = {
    "server": LOGIN, "client_id": CLIENT, "version": "67.0", "org": ORG, "user": "Rye & Co",
    "ways": "Case:external_id Task:external_id", "handle_field": "X_Handle__c",
}  # fmt: skip
SECRET: Secret = Tokens(ACCESS, REFRESH, {"instance": f"https://{INSTANCE}"}).packed()
FIELDS = {
    "Case": {"Subject", "Description", "ContactId", "SocialDesk_Id__c"},
    "Task": {"Subject", "Description", "WhoId", "SocialDesk_Id__c"},
    "Contact": {"Name", "Email", "Phone", "Title", "X_Handle__c", "Account.Name"},
}
PREFIX = {"Case": "500", "Task": "00T", "Contact": "003"}
STATUS = {"Case": "New", "Task": "Not Started"}
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'")
_CLAUSE = re.compile(r"^([A-Za-z_.]+(?:__c)?) (=|>=) (.+)$")
_UNESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


@dataclass
class Row:
    """An object: its fields, when it was made, our id in it."""

    id: str
    facts: dict[str, str]
    made_at: str
    key: str = ""


@dataclass
class FakeSalesforce(CrmServer):
    """`has_field`: kinds with our External ID. `has_ui`: kinds the UI API knows. `usage`: share of
    the day's calls, told in every answer. `rotates`: a renewal gives a new refresh token."""

    has_field: set[str] = field(default_factory=lambda: {"Case", "Task"})
    has_ui: set[str] = field(default_factory=lambda: {"Case", "Task"})
    usage: int = 120
    allowance: int = 15_000
    rotates: bool = True
    instance: str = INSTANCE

    def __post_init__(self) -> None:
        super().__init__()
        self.rows: dict[str, dict[str, Row]] = {"Case": {}, "Task": {}, "Contact": {}}
        self.keys: dict[str, Scripted] = {}  # of idempotent writes, with their answers
        self.access, self.refresh = ACCESS, REFRESH
        self.revoked: list[str] = []
        self.questions: list[str] = []
        self.verifier = ""
        self._n = 100

    # --- what tests do ---

    def add_person(self, name: str, email: str) -> str:
        return self._add("Contact", {"Name": name, "Email": email}).id

    def n_cases(self, subject: str) -> int:
        return len(self._cases(subject))

    def case_of(self, subject: str) -> tuple[str, str]:
        (case,) = self._cases(subject)
        person = case.facts.get("ContactId") or case.facts.get("WhoId", "")
        return case.facts["Description"], person

    def close_case(self, subject: str) -> str:
        (case,) = self._cases(subject)
        case.facts["Status"] = "Closed"
        return "Closed"

    def end_session(self) -> None:
        """The access token's life is over."""
        self.access = "00D!access-canary-2"

    def _cases(self, subject: str) -> list[Row]:
        both = (*self.rows["Case"].values(), *self.rows["Task"].values())
        return [one for one in both if one.facts.get("Subject") == subject]

    def _add(self, kind: str, facts: dict[str, str], key: str = "") -> Row:
        self._n += 1
        id = f"{PREFIX[kind]}5e{self._n:010d}AAB"
        made = Row(id, dict(facts), self.now.strftime("%Y-%m-%dT%H:%M:%SZ"), key)
        if kind in STATUS:
            made.facts.setdefault("Status", STATUS[kind])
        self.rows[kind][id] = made
        return made

    # --- the service ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        parts = urlsplit(request.url or "")
        if parts.path == "/services/oauth2/token" and parts.hostname == LOGIN:
            return self._token(parse_qs(str(request.body)))
        if parts.path == "/services/oauth2/revoke":
            self.revoked += parse_qs(str(request.body))["token"]
            return Scripted(200, b"")
        if request.headers.get("Authorization") != f"Bearer {self.access}":
            return refused(401, "INVALID_SESSION_ID", "Session expired or invalid")
        if parts.hostname != self.instance:
            return refused(404, "NOT_FOUND", "The requested resource does not exist")
        answer = self._data(request, parts.path, parse_qs(parts.query))
        used = f"api-usage={self.usage}/{self.allowance}"
        return Scripted(answer.status, answer.body, {"Sforce-Limit-Info": used, **answer.headers})

    def _token(self, form: dict[str, list[str]]) -> Scripted:
        asked = {name: values[0] for name, values in form.items()}
        if asked.get("client_id") != CLIENT:
            return Scripted(400, {"error": "invalid_client_id", "error_description": "unknown"})
        if asked["grant_type"] == "authorization_code":
            if asked["code"] != CODE or not asked.get("code_verifier"):
                return Scripted(400, {"error": "invalid_grant", "error_description": "expired"})
            self.verifier = asked["code_verifier"]
        elif asked.get("refresh_token") != self.refresh:
            return Scripted(400, {"error": "invalid_grant", "error_description": "expired token"})
        answer = {
            "access_token": self.access, "instance_url": f"https://{self.instance}",
            "id": f"https://{LOGIN}/id/{ORG}/0055e000003XyZzAAK", "token_type": "Bearer",
            "issued_at": "1795262400000", "signature": "c2lnbmF0dXJl", "scope": "api refresh_token",
        }  # fmt: skip
        if asked["grant_type"] == "authorization_code":
            answer["refresh_token"] = self.refresh
        elif self.rotates:
            self.refresh += "+"
            answer["refresh_token"] = self.refresh
        return Scripted(200, answer)

    def _data(
        self, request: requests.PreparedRequest, path: str, query: dict[str, list[str]]
    ) -> Scripted:
        if path == "/services/data/":
            return Scripted(200, [{"version": v, "label": "x", "url": f"/services/data/v{v}"}
                                  for v in ("66.0", "67.0", "68.0")])  # fmt: skip
        if not path.startswith("/services/data/v67.0/"):
            return refused(404, "NOT_FOUND", "The requested resource does not exist")
        body: Any = json.loads(request.body) if request.body else None
        match request.method, path.removeprefix("/services/data/v67.0/").strip("/").split("/"):
            case "GET", ["query"]:
                return self._query(query["q"][0])
            case "GET", ["limits"]:
                left = self.allowance - self.usage
                return Scripted(200, {"DailyApiRequests": {"Max": self.allowance,
                                                           "Remaining": left}})  # fmt: skip
            case "GET", ["sobjects", kind, "describe"]:
                key = {"name": "SocialDesk_Id__c", "externalId": True, "unique": True,
                       "type": "string", "length": 36}  # fmt: skip
                fields = [{"name": "Subject", "externalId": False, "unique": False}]
                return Scripted(200, {"fields": fields + [key] * (kind in self.has_field)})
            case "GET", ["ui-api", "object-info", kind]:
                known = kind in self.has_ui
                return Scripted(200, {"apiName": kind}) if known else not_found()
            case method, ["sobjects", kind, "SocialDesk_Id__c", key] if kind in self.has_field:
                return self._by_key(str(method), kind, unquote(key), body)
            case "POST", ["sobjects", kind] if kind in STATUS:
                return self._made(kind, body)
            case "POST", ["ui-api", "records"] if body["apiName"] in self.has_ui:
                return self._idempotent(request.headers.get("Idempotency-Key", ""), body)
        return not_found()

    def _by_key(self, method: str, kind: str, key: str, body: Any) -> Scripted:
        same = [row for row in self.rows[kind].values() if row.key == key]
        if method == "GET":
            return Scripted(200, shown(kind, same[0])) if same else not_found()
        if wrong := self._wrong(kind, body):
            return wrong
        if same:
            same[0].facts |= body
            return Scripted(200, {"id": same[0].id, "success": True, "errors": [],
                                  "created": False})  # fmt: skip
        made = self._add(kind, body, key)
        return Scripted(201, {"id": made.id, "success": True, "errors": [], "created": True})

    def _made(self, kind: str, body: Any) -> Scripted:
        if wrong := self._wrong(kind, body):
            return wrong
        return Scripted(201, {"id": self._add(kind, body).id, "success": True, "errors": []})

    def _idempotent(self, key: str, body: Any) -> Scripted:
        if not key:
            return refused(400, "MISSING_ARGUMENT", "no key")
        if key not in self.keys:
            wrong = self._wrong(body["apiName"], body["fields"])
            if wrong:
                return wrong
            made = self._add(body["apiName"], body["fields"])
            self.keys[key] = Scripted(201, {"apiName": body["apiName"], "id": made.id,
                                            "fields": {}})  # fmt: skip
        return self.keys[key]

    def _wrong(self, kind: str, facts: dict[str, Any]) -> Scripted | None:
        for name, value in facts.items():
            if name not in FIELDS[kind] or name == "SocialDesk_Id__c":
                return refused(400, "INVALID_FIELD", f"No such column '{name}'", [name])
            limit = {"Subject": 255, "Description": 32_000}.get(name, 1000)
            if not isinstance(value, str) or len(value) > limit:
                return refused(400, "STRING_TOO_LONG", f"{name}: data value too large", [name])
        return None

    def _query(self, question: str) -> Scripted:
        self.questions.append(question)
        if question == "SELECT Id, Name FROM Organization LIMIT 1":
            return Scripted(200, {"records": [{"Id": ORG, "Name": "Rye & Co"}], "done": True})
        values: list[str] = []

        def keep(found: re.Match[str]) -> str:
            values.append(re.sub(r"\\(.)", lambda m: _UNESCAPED.get(m[1], m[1]), found[1]))
            return f"«{len(values) - 1}»"

        bare = _QUOTED.sub(keep, question)
        form = re.fullmatch(
            r"SELECT ([A-Za-z, ._]+) FROM (\w+) WHERE (.+?)(?: ORDER BY CreatedDate DESC)?"
            r"(?: LIMIT \d+)?",
            bare,
        )
        if form is None or "'" in bare:
            return refused(400, "MALFORMED_QUERY", "unexpected token")
        rows = list(self._matching(form[2], form[3], values))
        records = [shown(form[2], row) for row in rows]
        return Scripted(200, {"totalSize": len(rows), "done": True, "records": records})

    def _matching(self, kind: str, where: str, values: list[str]) -> Iterator[Row]:
        for row in self.rows[kind].values():
            if "Id IN (" in where:
                if row.id in values:
                    yield row
            elif " OR " in where or " AND " not in where:
                if any(self._fits(row, one, values) for one in where.split(" OR ")):
                    yield row
            elif all(self._fits(row, one, values) for one in where.split(" AND ")):
                yield row

    def _fits(self, row: Row, clause: str, values: list[str]) -> bool:
        form = _CLAUSE.match(clause)
        assert form is not None, clause
        name, sign, told = form.groups()
        if sign == ">=":
            assert name == "CreatedDate"
            return row.made_at >= told
        assert name != "Description"  # long text cannot be asked for
        value = values[int(told.strip("«»"))]
        return row.facts.get(name, "").casefold() == value.casefold() and bool(value)


def shown(kind: str, row: Row) -> dict[str, Any]:
    """As an answer has it."""
    account = {"Account": {"Name": "Flint Orchards"}} if kind == "Contact" else {}
    return {"attributes": {"type": kind}, "Id": row.id, **row.facts, **account}


def not_found() -> Scripted:
    return refused(404, "NOT_FOUND", "The requested resource does not exist")


def refused(status: int, code: str, message: str, fields: list[str] | None = None) -> Scripted:
    """As Salesforce says no: a list."""
    return Scripted(status, [{"message": message, "errorCode": code, "fields": fields or []}])
