"""HubSpot beyond the contract: sign-in, scopes, limits, ties, what a batch of one may answer."""

from datetime import UTC, datetime
from typing import Any

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.crm import NOT_TIED, CaseKind, CrmPerson
from socialdesk.networks.hubspot import NETWORK
from socialdesk.networks.hubspot.connector import HubSpotConnector
from socialdesk.networks.scripted import session_with
from socialdesk.networks.testing_crm import a_case
from tests.networks.fake_hubspot import KEY, SETTINGS, FakeHubSpot, refused


def connected(server: FakeHubSpot, **settings: str) -> HubSpotConnector:
    secret = Secret(KEY)
    return NETWORK.connect(session_with(server), SETTINGS | settings, secret, lambda _: None)


def sign_in(server: FakeHubSpot, **fields: str) -> dict[str, str]:
    signed = NETWORK.sign_in(session_with(server), {"token": f" {KEY} ", **fields})
    return dict(signed.settings)


def test_signing_in_finds_the_account_and_our_property() -> None:
    settings = sign_in(FakeHubSpot())
    assert settings == SETTINGS
    card = connected(FakeHubSpot()).card()
    assert card.own.name == "HubSpot 46001"
    assert card.repeat_safe_s > 0


def test_our_property_is_made_only_when_the_person_agrees() -> None:
    server = FakeHubSpot(keyed=())
    assert sign_in(server)["keyed"] == ""
    assert all(request.method == "GET" for request in server.asked)
    assert sign_in(server, may_make="Yes")["keyed"] == "tickets tasks"
    assert server.keyed == {"tickets", "tasks"}


def test_without_our_property_nothing_is_repeated_by_itself() -> None:
    assert connected(FakeHubSpot(), keyed="").card().repeat_safe_s == 0
    assert connected(FakeHubSpot(), keyed="tickets").card().repeat_safe_s == 0


@pytest.mark.parametrize("scope", ["crm.objects.contacts.read", "tickets"])
def test_a_missing_scope_is_named_when_signing_in(scope: str) -> None:
    server = FakeHubSpot(keyed=())
    server.scopes.remove(scope)
    with pytest.raises(RefusedError) as caught:
        sign_in(server, may_make="yes")
    assert caught.value.reason is Refusal.PERMISSION
    assert scope in caught.value.detail


def test_a_wrong_key_is_told_as_such() -> None:
    with pytest.raises(AuthExpiredError):
        NETWORK.sign_in(session_with(FakeHubSpot()), {"token": "pat-eu1-other"})


@pytest.mark.parametrize(
    ("status", "body", "error", "wait_s"),
    [
        (429, {"policyName": "TEN_SECONDLY_ROLLING"}, RateLimitedError, 10.0),
        # 21 Nov 2026 09:00 UTC is 11:00 in Vilnius: 13 hours to midnight there.
        (429, {"policyName": "DAILY"}, RateLimitedError, 13 * 3600.0),
        (423, {}, RateLimitedError, 5.0),
        (477, {}, RateLimitedError, 3600.0),
        (409, {"category": "CONFLICT"}, RefusedError, None),
        (400, {"category": "VALIDATION_ERROR"}, RefusedError, None),
        (401, {"category": "EXPIRED_AUTHENTICATION"}, AuthExpiredError, None),
        (502, {}, UnreachableError, None),
        (524, {}, UnreachableError, None),
    ],
)
def test_each_refusal_is_the_error_it_should_be(
    status: int, body: dict[str, Any], error: type[ConnectorError], wait_s: float | None
) -> None:
    server = FakeHubSpot()
    server.always(status, {"status": "error", "message": "no"} | body)
    with pytest.raises(error) as caught:
        connected(server).push(a_case())
    if isinstance(caught.value, RateLimitedError):
        assert caught.value.retry_after_s == wait_s


def test_a_day_limit_without_a_date_waits_a_day_at_most() -> None:
    server = FakeHubSpot()
    server.always(429, {"policyName": "DAILY"}, Date="yesterday")
    with pytest.raises(RateLimitedError) as caught:
        connected(server, zone="Nowhere/At all").push(a_case())
    assert caught.value.retry_after_s == 24 * 3600.0


def test_a_refusal_shows_its_codes_and_number_and_no_words() -> None:
    server = FakeHubSpot()
    answer = refused(
        400, "VALIDATION_ERROR", "Property values were not valid: Order 1204",
        errors=[{"code": "INVALID_OPTION", "message": "Order 1204 is wrong",
                 "context": {"propertyName": ["hs_pipeline_stage"]}}],
    )  # fmt: skip
    server.always_to_writes(400, answer.body)
    with pytest.raises(RefusedError) as caught:
        connected(server).push(a_case())
    assert caught.value.reason is Refusal.TEXT
    assert "INVALID_OPTION hs_pipeline_stage" in caught.value.detail
    assert "aeb5f871" in caught.value.detail
    assert "1204" not in caught.value.detail


def test_a_batch_of_one_that_failed_is_a_refusal() -> None:
    server = FakeHubSpot()
    server.has_multi_status = True
    with pytest.raises(RefusedError) as caught:
        connected(server).push(a_case())
    assert caught.value.reason is Refusal.TEXT
    assert server.n_cases(a_case().subject) == 0


def test_what_is_asked_before_the_write_has_made_nothing() -> None:
    server = FakeHubSpot()
    server.always(503, b"")
    with pytest.raises(UnreachableError) as caught:
        connected(server).push(a_case())
    assert not caught.value.maybe_done


def test_a_break_between_case_and_tie_is_mended_by_looking() -> None:
    server = FakeHubSpot()
    crm = connected(server)
    person = server.add_person("Dana Flint", "dana@orchard.example")
    case = a_case(person_remote_id=person)
    server.breaks_at = 504
    with pytest.raises(UnreachableError) as caught:
        crm.push(case)
    assert caught.value.maybe_done
    assert server.case_of(case.subject)[1] == ""
    assert crm.find_case(case) is not None
    assert server.case_of(case.subject)[1] == person
    assert server.n_cases(case.subject) == 1


def test_a_tie_that_is_refused_costs_the_tie_only() -> None:
    server = FakeHubSpot()
    pushed = connected(server).push(a_case(person_remote_id="404404"))
    assert pushed.note == NOT_TIED
    assert server.n_cases(a_case().subject) == 1


def test_a_person_made_a_minute_ago_is_found_by_address() -> None:
    server = FakeHubSpot()
    person = server.add_person("Dana Flint", "dana@orchard.example")
    (found,) = connected(server).look_up(CrmPerson(email="DANA@orchard.example "))
    assert found.remote_id == person
    assert ("E-mail", "dana@orchard.example") in found.facts
    assert found.url == f"https://app-eu1.hubspot.com/contacts/46001/record/0-1/{person}"


def test_a_handle_is_asked_for_only_where_the_account_keeps_them() -> None:
    server = FakeHubSpot()
    person = server.add_person("Dana Flint", "dana@orchard.example")
    server.things["contacts"][person].facts["twitterhandle"] = "@dana"
    assert connected(server).look_up(CrmPerson(handle="@dana")) == ()
    (found,) = connected(server, handle_property="twitterhandle").look_up(CrmPerson(handle="@dana"))
    assert found.remote_id == person


def test_a_task_is_html_and_has_its_time() -> None:
    server = FakeHubSpot()
    case = a_case(CaseKind.TASK, made_at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
    connected(server).push(case)
    (task,) = server.things["tasks"].values()
    assert "&lt;b&gt;&amp;<br>https://" in task.facts["hs_task_body"]
    assert task.facts["hs_timestamp"] == "2026-11-21T09:00:00Z"


def test_long_words_are_cut_and_keep_our_mark() -> None:
    server = FakeHubSpot(keyed=())
    case = a_case(subject="s" * 400, body="b" * 70_000)
    connected(server, keyed="").push(case)
    (ticket,) = server.things["tickets"].values()
    assert len(ticket.facts["subject"]) == 255
    assert len(ticket.facts["content"]) == 65_536
    assert ticket.facts["content"].endswith(f"…\n\n[socialdesk:{case.key}]")


def test_a_link_of_another_host_is_not_taken() -> None:
    server = FakeHubSpot()
    crm = connected(server)
    for told, taken in (
        ("https://app-eu1.hubspot.com/contacts/46001/record/0-5/1", True),
        ("https://evil.example/hubspot.com", False),
        ("javascript:alert(1)", False),
    ):
        assert (crm._links.to("tickets", "1", told) == told) is taken
