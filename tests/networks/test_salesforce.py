"""Salesforce beyond the contract: sign-in with PKCE, renewal, refusals, limits, escaping."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.base import SignedIn
from socialdesk.networks.crm import CaseKind, CrmPerson
from socialdesk.networks.oauth import challenge
from socialdesk.networks.salesforce import NETWORK, soql
from socialdesk.networks.salesforce.api import with_instance
from socialdesk.networks.salesforce.connector import SalesforceConnector
from socialdesk.networks.salesforce.network import REDIRECT, login_of
from socialdesk.networks.scripted import session_with
from socialdesk.networks.testing_crm import a_case
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_salesforce import (
    ACCESS,
    CLIENT,
    CODE,
    LOGIN,
    ORG,
    REFRESH,
    SECRET,
    SETTINGS,
    FakeSalesforce,
    refused,
)

BACK = "http://localhost:47310/callback"


def connected(
    server: FakeSalesforce, kept: list[Secret] | None = None, **settings: str
) -> SalesforceConnector:
    keep = (kept if kept is not None else []).append
    return NETWORK.connect(session_with(server), SETTINGS | settings, SECRET, keep)


def sign_in(server: FakeSalesforce, code: str = CODE, **fields: str) -> SignedIn:
    http = session_with(server)
    typed = {"domain": LOGIN, "client_id": CLIENT, **fields}
    start = NETWORK.begin_oauth(http, typed, BACK)
    return NETWORK.finish_oauth(http, start, code, BACK)


def test_the_browser_is_sent_with_pkce_and_a_fixed_port() -> None:
    start = NETWORK.begin_oauth(
        session_with(FakeSalesforce()), {"domain": LOGIN, "client_id": CLIENT}, BACK
    )
    parts = urlsplit(start.url)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert (parts.scheme, parts.hostname) == ("https", LOGIN)
    assert asked["code_challenge"] == challenge(start.context["verifier"])
    assert asked["code_challenge_method"] == "S256"
    assert asked["state"] == start.state
    assert "client_secret" not in asked
    assert REDIRECT.host == "localhost"
    assert len(REDIRECT.ports) == 3


def test_signing_in_finds_org_version_and_ways() -> None:
    signed = sign_in(FakeSalesforce(has_field={"Case"}), handle_field="X_Handle__c")
    assert dict(signed.settings) == {
        **SETTINGS, "ways": "Case:external_id Task:idempotency_key", "version": "67.0",
    }  # fmt: skip
    tokens = Tokens.unpacked(signed.secret)
    assert (tokens.access, tokens.refresh) == (ACCESS, REFRESH)
    assert signed.card.own.remote_id == ORG
    assert signed.card.repeat_safe_s > 0


def test_an_org_that_can_neither_is_never_repeated_by_itself() -> None:
    signed = sign_in(FakeSalesforce(has_field=set(), has_ui={"Case"}))
    assert signed.settings["ways"] == "Case:idempotency_key Task:plain"
    assert signed.card.repeat_safe_s == 0


def test_a_code_of_another_sign_in_is_refused() -> None:
    with pytest.raises(AuthExpiredError):
        sign_in(FakeSalesforce(), code="other")


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("rye.my.salesforce.com", "https://rye.my.salesforce.com"),
        ("https://rye.my.salesforce.com/lightning/page", "https://rye.my.salesforce.com"),
        ("https://rye.lightning.force.com/x", "https://rye.my.salesforce.com"),
        ("rye--test.sandbox.my.salesforce.com", "https://rye--test.sandbox.my.salesforce.com"),
        ("test.salesforce.com", "https://test.salesforce.com"),
    ],
)
def test_the_domain_may_be_typed_in_any_way(typed: str, origin: str) -> None:
    assert login_of(typed) == origin


@pytest.mark.parametrize(
    "typed",
    ["salesforce.com.evil.example", "http://rye.my.salesforce.com", "evil.example", "",
     "https://rye.my.salesforce.com:8443", "https://salesforce.com@evil.example/", "x y",
     "https://[rye", "rye.my.salesforce.com:99999"],
)  # fmt: skip
def test_a_domain_of_somebody_else_gets_no_sign_in(typed: str) -> None:
    with pytest.raises(RefusedError):
        login_of(typed)


def test_an_ended_session_is_renewed_once_and_kept_before_use() -> None:
    server = FakeSalesforce()
    kept: list[Secret] = []
    crm = connected(server, kept)
    server.end_session()
    crm.push(a_case())
    assert [Tokens.unpacked(one).refresh for one in kept] == [REFRESH + "+"]
    assert server.n_cases(a_case().subject) == 1


def test_an_org_that_moved_is_followed() -> None:
    server = FakeSalesforce()
    crm = connected(server)
    server.end_session()
    server.instance = "rye2.my.salesforce.com"
    pushed = crm.push(a_case())
    assert pushed.url.startswith("https://rye2.my.salesforce.com/lightning/r/Case/500")


def test_a_token_never_goes_to_a_host_that_is_not_theirs() -> None:
    answer = {"access_token": "new", "instance_url": "https://evil.example"}
    with pytest.raises(BadAnswerError):
        with_instance(answer, Tokens("x"))


def test_a_revoked_renewal_asks_for_a_new_sign_in() -> None:
    server = FakeSalesforce()
    crm = connected(server)
    server.end_session()
    server.refresh = "5Aep-somebody-revoked-it"
    with pytest.raises(AuthExpiredError):
        crm.push(a_case())
    assert server.n_cases(a_case().subject) == 0


def test_signing_out_revokes_there() -> None:
    server = FakeSalesforce()
    connected(server).sign_out()
    assert server.revoked == [REFRESH]


@pytest.mark.parametrize(
    ("status", "code", "error", "reason"),
    [
        (403, "REQUEST_LIMIT_EXCEEDED", RateLimitedError, None),
        (403, "API_DISABLED_FOR_ORG", RefusedError, Refusal.NOT_APPROVED),
        (403, "INSUFFICIENT_ACCESS_OR_READONLY", RefusedError, Refusal.PERMISSION),
        (400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", RefusedError, Refusal.TEXT),
        (400, "STRING_TOO_LONG", RefusedError, Refusal.TEXT),
        (400, "REQUIRED_FIELD_MISSING", RefusedError, Refusal.TEXT),
        (400, "DUPLICATES_DETECTED", RefusedError, Refusal.OTHER),
        (404, "ENTITY_IS_DELETED", RefusedError, Refusal.GONE),
        (300, "", RefusedError, Refusal.OTHER),
        (401, "INVALID_SESSION_ID", AuthExpiredError, None),
        (503, "SERVER_UNAVAILABLE", UnreachableError, None),
    ],
)
def test_each_refusal_is_the_error_it_should_be(
    status: int, code: str, error: type[ConnectorError], reason: Refusal | None
) -> None:
    server = FakeSalesforce()
    answer = refused(status, code, "Order 1204 is wrong", ["Subject"])
    server.always_to_writes(status, answer.body)
    with pytest.raises(error) as caught:
        connected(server).push(a_case())
    if isinstance(caught.value, RefusedError):
        assert caught.value.reason is reason
        assert not code or code in caught.value.detail
    if isinstance(caught.value, UnreachableError):
        assert caught.value.maybe_done


def test_an_administrators_own_rule_is_told_in_its_words() -> None:
    server = FakeSalesforce()
    answer = refused(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "A case needs\n an order number.")
    server.always_to_writes(400, answer.body)
    with pytest.raises(RefusedError) as caught:
        connected(server).push(a_case())
    assert caught.value.detail.endswith("A case needs an order number.")


def test_a_refusal_of_the_ui_api_is_read_too() -> None:
    server = FakeSalesforce(has_field=set())
    inner = {"errorCode": "STRING_TOO_LONG", "message": "no", "fields": ["Description"]}
    body: dict[str, Any] = {"message": "An error occurred", "statusCode": 400,
                            "output": {"errors": [inner], "fieldErrors": {}}}  # fmt: skip
    server.always_to_writes(400, body)
    ways = "Case:idempotency_key Task:plain"
    with pytest.raises(RefusedError) as caught:
        connected(server, ways=ways).push(a_case())
    assert caught.value.detail == "STRING_TOO_LONG (Description)"


def test_the_last_tenth_of_a_day_is_left_to_others() -> None:
    server = FakeSalesforce(usage=13_600)
    crm = connected(server)
    crm.look_up(CrmPerson("Dana Flint"))  # tells how far the day is used up
    with pytest.raises(RateLimitedError) as caught:
        crm.push(a_case())
    assert caught.value.retry_after_s == 3600.0
    assert server.n_cases(a_case().subject) == 0
    server.usage = 200  # a new day
    crm.push(a_case())
    assert server.n_cases(a_case().subject) == 1


def test_a_case_and_a_task_hang_on_their_contact() -> None:
    server = FakeSalesforce()
    crm = connected(server)
    person = server.add_person("Dana Flint", "dana@orchard.example")
    crm.push(a_case(person_remote_id=person))
    crm.push(a_case(CaseKind.TASK, key="k2", subject="Call", person_remote_id=person))
    (task,) = server.rows["Task"].values()
    assert task.facts["WhoId"] == person
    assert server.case_of("Call")[1] == person


def test_no_case_assigns_or_writes_to_anybody_by_itself() -> None:
    server = FakeSalesforce()
    connected(server).push(a_case())
    for request in server.asked:
        assert "Sforce-Auto-Assign" not in request.headers
        assert "Sforce-Duplicate-Rule-Header" not in request.headers


@given(st.text(max_size=300))
def test_any_text_is_one_quoted_value(value: str) -> None:
    quoted = soql.text(value)
    inner = quoted[1:-1]
    assert quoted[0] == quoted[-1] == "'"
    bare = inner.replace("\\\\", "").replace("\\'", "")
    assert "'" not in bare
    assert not bare.endswith("\\")
    assert "\n" not in quoted


def test_what_is_no_id_is_never_asked_for() -> None:
    assert soql.ids(["5005e0000000001AAB", "x' OR Id != '", ""]) == "('5005e0000000001AAB')"
    server = FakeSalesforce()
    assert connected(server).states(["Case/x' OR Id != '"]) == {}
    assert server.asked == []
