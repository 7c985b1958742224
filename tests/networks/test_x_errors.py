"""Each refusal of X is the error it should be, and costs what it should."""

import json
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Final

import pytest

from socialdesk.domain import errors
from socialdesk.domain.errors import BadAnswerError, RateLimitedError, Refusal, RefusedError
from tests.networks.fake_x import START, FakeX
from tests.networks.x_kit import LONG_AGO, MENTIONS, CountingPurse, a_reply, connected, read

PROBLEMS: Final[list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "fixtures/x/problems.json").read_text("utf-8")
)["problems"]


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: f"{p['status']} {p['body']['title']}")
def test_a_refused_fetch(problem: dict[str, Any]) -> None:
    server, purse = FakeX(), CountingPurse()
    server.always(problem["status"], problem["body"])
    with pytest.raises(getattr(errors, problem["error"])) as caught:
        connected(server, purse).fetch(MENTIONS, None, since=LONG_AGO)
    if isinstance(caught.value, RefusedError):
        assert caught.value.reason is Refusal(problem["reason"])
    assert purse.spent == 0  # failed requests are free


def test_a_limit_ends_when_x_says_by_its_own_clock() -> None:
    server = FakeX()
    reset = int(START.timestamp()) + 240
    server.always(429, b"{}", x_rate_limit_reset=str(reset), Date=format_datetime(START, True))
    with pytest.raises(RateLimitedError) as caught:
        connected(server).fetch(MENTIONS, None, since=LONG_AGO)
    assert caught.value.retry_after_s == 240


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (403, {"detail": "You are not allowed to create a Tweet with duplicate content."},
         Refusal.DUPLICATE),
        (403, {"detail": "Reply to this conversation is not allowed"}, Refusal.PERMISSION),
        (403, {"type": "https://api.x.com/2/problems/client-forbidden"}, Refusal.NOT_APPROVED),
        (402, {"title": "CreditsDepleted"}, Refusal.NO_CREDIT),
        (400, {"detail": "Your Tweet text is too long."}, Refusal.TEXT),
    ],
)  # fmt: skip
def test_a_refused_reply_is_free(status: int, body: dict[str, Any], reason: Refusal) -> None:
    server, purse = FakeX(), CountingPurse()
    server.always_to_writes(status, body)
    with pytest.raises(RefusedError) as caught:
        connected(server, purse).reply(a_reply("1"))
    assert caught.value.reason is reason
    assert purse.spent == 0


def test_a_page_that_is_only_an_error_is_that_error() -> None:
    server = FakeX()
    kind = "https://api.x.com/2/problems/resource-not-found"
    server.always(200, {"errors": [{"type": kind, "resource_id": "2244994945"}]})
    with pytest.raises(RefusedError) as caught:
        connected(server).fetch(MENTIONS, None, since=LONG_AGO)
    assert caught.value.reason is Refusal.GONE


def test_errors_beside_data_cost_no_mention() -> None:
    server = FakeX()
    server.add_mention("whole")
    answer = server.handle
    server.handle = lambda request: _with_errors(answer(request))  # type: ignore[method-assign]
    mentions, _ = read(connected(server))
    assert [m.body for m in mentions] == ["whole"]


def _with_errors(scripted: Any) -> Any:
    scripted.body["errors"] = [{"type": "https://api.x.com/2/problems/not-authorized-for-resource",
                                "resource_id": "9", "resource_type": "user"}]  # fmt: skip
    return scripted


@pytest.mark.parametrize("body", [b"{}", b'{"data": {}}', b'{"meta": {}}', b'{"errors": []}'])
def test_a_page_without_posts_and_without_a_count_is_a_bad_answer(body: bytes) -> None:
    server = FakeX()
    server.always(200, body)
    with pytest.raises(BadAnswerError):
        connected(server).fetch(MENTIONS, None, since=LONG_AGO)
