"""Hand-written answers of HubSpot and Salesforce, shaped by the models their headers name."""

import json
from pathlib import Path
from typing import Any

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
)
from socialdesk.networks import hubspot, salesforce
from socialdesk.networks.crm import CrmPerson
from socialdesk.networks.hubspot.connector import HubSpotConnector
from socialdesk.networks.salesforce.api import with_instance
from socialdesk.networks.salesforce.connector import SalesforceConnector
from socialdesk.networks.salesforce.network import _is_key
from socialdesk.networks.scripted import session_with
from socialdesk.networks.testing_crm import CrmServer, a_case
from socialdesk.networks.tokens import Tokens
from tests.networks import fake_hubspot, fake_salesforce
from tests.networks.fake_hubspot import FakeHubSpot
from tests.networks.fake_salesforce import FakeSalesforce

FIXTURES = Path(__file__).parents[1] / "fixtures"
FILES = [*sorted(FIXTURES.glob("hubspot/*.json")), *sorted(FIXTURES.glob("salesforce/*.json"))]


def body(key: str, name: str) -> Any:
    return json.loads((FIXTURES / key / f"{name}.json").read_text("utf-8"))["body"]


def at_hubspot(server: CrmServer) -> HubSpotConnector:
    secret = Secret(fake_hubspot.KEY)
    return hubspot.NETWORK.connect(
        session_with(server), fake_hubspot.SETTINGS, secret, lambda _: None
    )


def at_salesforce(server: CrmServer) -> SalesforceConnector:
    return salesforce.NETWORK.connect(
        session_with(server), fake_salesforce.SETTINGS, fake_salesforce.SECRET, lambda _: None
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_answer_says_where_its_shape_is_from(file: Path) -> None:
    head = json.loads(file.read_text("utf-8"))["_source"]
    assert head["what"] and head["source"] and head["unverified"]
    assert head["date"] == "2026-11-22"


def test_a_search_of_hubspot_is_read() -> None:
    server = FakeHubSpot()
    server.always(200, body("hubspot", "contact_search"))
    first, second = at_hubspot(server).look_up(CrmPerson("Dana Flint"))
    assert (first.remote_id, first.name) == ("901", "Dana Flint")
    assert first.facts == (
        ("E-mail", "dana@orchard.example"), ("Phone", "+7 700 000 00 01"), ("Stage", "customer"),
    )  # fmt: skip
    assert second.remote_id == "902"
    server.always(200, body("hubspot", "contact_none"))
    assert at_hubspot(server).look_up(CrmPerson("Dana Flint")) == ()


def test_a_ticket_hubspot_made_is_read() -> None:
    server = FakeHubSpot()
    server.always_to_writes(200, body("hubspot", "upsert_made"))
    pushed = at_hubspot(server).push(a_case())
    assert (pushed.remote_id, pushed.state) == ("tickets/4411", "New")
    assert pushed.url == "https://app-eu1.hubspot.com/contacts/46001/record/0-5/4411"


@pytest.mark.parametrize(
    ("status", "name", "error"),
    [
        (207, "upsert_failed", RefusedError),
        (409, "contact_exists", RefusedError),
        (429, "limit_ten_seconds", RateLimitedError),
        (429, "limit_day", RateLimitedError),
        (403, "missing_scopes", RefusedError),
    ],
)
def test_a_refusal_of_hubspot_is_read(status: int, name: str, error: type[ConnectorError]) -> None:
    server = FakeHubSpot()
    server.always_to_writes(status, body("hubspot", name))
    with pytest.raises(error) as caught:
        at_hubspot(server).push(a_case())
    if name == "missing_scopes":
        assert "crm.objects.contacts.read" in str(caught.value)


def test_the_tokens_of_salesforce_are_read() -> None:
    tokens = with_instance(body("salesforce", "token"), Tokens(""))
    assert tokens.refresh == "5Aep861-fixture"
    assert tokens.rest["instance"] == "https://rye.my.salesforce.com"


def test_our_field_is_found_in_what_salesforce_describes() -> None:
    fields = body("salesforce", "describe_case")["fields"]
    assert [one["name"] for one in fields if _is_key(one)] == ["SocialDesk_Id__c"]


def test_a_case_salesforce_made_is_the_same_when_it_is_made_again() -> None:
    server = FakeSalesforce()
    made = []
    for status, name in ((201, "upsert_made"), (200, "upsert_again")):
        server.always_to_writes(status, body("salesforce", name))
        made.append(at_salesforce(server).push(a_case()))
    assert made[0] == made[1]
    assert made[0].url == "https://rye.my.salesforce.com/lightning/r/Case/5005e00000Ab12CAAR/view"


def test_contacts_of_salesforce_are_read() -> None:
    server = FakeSalesforce()
    server.always(200, body("salesforce", "contacts"))
    (found,) = at_salesforce(server).look_up(CrmPerson("Dana Flint"))
    assert found.facts == (
        ("E-mail", "dana@orchard.example"), ("Job title", "Owner"), ("Company", "Flint Orchards"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, RefusedError), (401, AuthExpiredError), (403, RateLimitedError), (404, RefusedError)],
)
def test_a_refusal_of_salesforce_is_read(status: int, error: type[ConnectorError]) -> None:
    server = FakeSalesforce()
    server.always_to_writes(status, body("salesforce", "errors")[str(status)])
    with pytest.raises(error) as caught:
        at_salesforce(server).push(a_case())
    if isinstance(caught.value, RefusedError) and status == 400:
        assert caught.value.reason is Refusal.TEXT
        assert "a case needs an order number" in caught.value.detail


def test_the_limits_of_salesforce_are_read() -> None:
    server = FakeSalesforce(usage=14_999)
    crm = at_salesforce(server)
    crm.look_up(CrmPerson("Dana Flint"))
    limits = body("salesforce", "limits")
    server.allowance = limits["DailyApiRequests"]["Max"]
    server.usage = server.allowance - limits["DailyApiRequests"]["Remaining"]
    assert crm.push(a_case()).remote_id.startswith("Case/500")
