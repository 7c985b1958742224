"""What Google's refusals mean, and until when a quota of the day is used up."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.google.faults import until_midnight_s
from tests.networks.fake_google import refused
from tests.networks.fake_google_business import no_quota
from tests.networks.fake_youtube import FakeYouTube
from tests.networks.youtube_kit import COMMENTS, LONG_AGO, connected


def error_for(scripted, now=None):
    """What a fetch raises when Google answers so."""
    server = FakeYouTube()
    server.now = now or server.now
    server.faults.append(lambda request: scripted)
    with pytest.raises(ConnectorError) as caught:
        connected(server).fetch(COMMENTS, None, since=LONG_AGO)
    return caught.value


@pytest.mark.parametrize(
    ("status", "reason", "refusal"),
    [
        (403, "accessNotConfigured", Refusal.NOT_APPROVED),
        (403, "SERVICE_DISABLED", Refusal.NOT_APPROVED),
        (403, "forbidden", Refusal.PERMISSION),
        (403, "insufficientPermissions", Refusal.PERMISSION),
        (403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", Refusal.PERMISSION),
        (403, "channelClosed", Refusal.PERMISSION),
        (403, "channelSuspended", Refusal.PERMISSION),
        (403, "never heard of", Refusal.PERMISSION),
        (400, "operationNotSupported", Refusal.PERMISSION),
        (400, "keyInvalid", Refusal.OTHER),
        (404, "channelNotFound", Refusal.GONE),
        (404, "never heard of", Refusal.GONE),
    ],
)
def test_a_refusal_is_for_good(status, reason, refusal):
    error = error_for(refused(status, reason))
    assert isinstance(error, RefusedError)
    assert error.reason is refusal


@pytest.mark.parametrize(
    ("scripted", "wait_s"),
    [
        (refused(403, "rateLimitExceeded"), 60),
        (refused(403, "userRateLimitExceeded"), 60),
        (refused(429, "rateLimitExceeded"), 60),
        (no_quota("300"), 60),
        # 9:00 in London is 1:00 in California
        (refused(403, "quotaExceeded"), 23 * 3600),
        (refused(403, "dailyLimitExceeded"), 23 * 3600),
        (refused(429, "RATE_LIMIT_EXCEEDED", grpc="RESOURCE_EXHAUSTED",
                 quota_limit="SearchQueriesPerDayPerProject", quota_limit_value="100"),
         23 * 3600),
    ],
)  # fmt: skip
def test_a_limit_is_waited_for(scripted, wait_s):
    error = error_for(scripted)
    assert isinstance(error, RateLimitedError)
    assert error.retry_after_s == wait_s


@pytest.mark.parametrize(
    "scripted", [refused(400, "processingFailure"), refused(503, "backendError")]
)
def test_what_passes_is_asked_again(scripted):
    assert isinstance(error_for(scripted), UnreachableError)


def test_a_quota_of_zero_is_no_limit_but_a_missing_approval():
    error = error_for(no_quota())
    assert isinstance(error, RefusedError)
    assert error.reason is Refusal.NOT_APPROVED


def test_a_401_with_whatever_reason_is_a_dead_sign_in():
    server = FakeYouTube()
    server.refuse("commentThreads", 401, "quotaExceeded")
    server.refresh = "another"
    with pytest.raises(AuthExpiredError):
        connected(server).fetch(COMMENTS, None, since=LONG_AGO)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"error":7}', b'{"error":{"errors":[7]}}', b"<html>"]
)
def test_a_refusal_that_is_not_googles_is_judged_by_its_status(body):
    server = FakeYouTube()
    server.always(403, body)
    with pytest.raises(RefusedError) as caught:
        connected(server).fetch(COMMENTS, None, since=LONG_AGO)
    assert caught.value.reason is Refusal.PERMISSION


def test_a_reason_and_a_status_that_disagree_are_judged_by_the_one_we_know():
    """As recorded by sns-sdks/python-youtube: a 403 whose reason speaks of a service that is
    away, and whose status of a missing right."""
    error = error_for(refused(403, "SERVICE_UNAVAILABLE", grpc="PERMISSION_DENIED"))
    assert isinstance(error, RefusedError)
    assert error.reason is Refusal.PERMISSION


def test_only_known_reasons_are_told():
    error = error_for(refused(403, "the words of a stranger"))
    assert "stranger" not in str(error)
    assert "forbidden" in str(error_for(refused(403, "forbidden")))


def test_a_web_page_instead_of_json_is_a_bad_answer():
    server = FakeYouTube()
    server.always(200, b"<html>")
    with pytest.raises(BadAnswerError):
        connected(server).fetch(COMMENTS, None, since=LONG_AGO)


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        (datetime(2026, 1, 15, 8, 0, tzinfo=UTC), 24),  # midnight there just now
        (datetime(2026, 1, 15, 7, 0, tzinfo=UTC), 1),
        (datetime(2026, 7, 15, 6, 30, tzinfo=UTC), 0.5),  # summer time: an hour earlier
        (datetime(2026, 7, 15, 7, 0, tzinfo=UTC), 24),
        (datetime(2026, 11, 1, 7, 0, tzinfo=UTC), 24),  # a day of 25 hours is cut to 24
        (datetime(2026, 3, 8, 8, 0, tzinfo=UTC), 23),  # and this one has 23
    ],
)
def test_quotas_begin_anew_at_midnight_in_california(at, hours):
    assert until_midnight_s({"Date": format_datetime(at, usegmt=True)}) == hours * 3600
    assert until_midnight_s({}) == 3600


def test_the_wait_is_reckoned_by_googles_clock_and_never_ours():
    at = datetime(2031, 7, 1, 5, 0, tzinfo=UTC)
    error = error_for(refused(403, "quotaExceeded"), now=at)
    assert isinstance(error, RateLimitedError)
    assert error.retry_after_s == timedelta(hours=2).total_seconds()
