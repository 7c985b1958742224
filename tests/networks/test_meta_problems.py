"""Each code of Meta is the error it should be, and nothing secret is in it."""

import json
from typing import Any

import pytest

from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.answers import Answer
from socialdesk.networks.meta.problems import check, problem_of
from tests.networks.fake_meta import fixture, problem

CANARY = "EAAcanary7d41ZZZZ"


def answer(code: int, subcode: int = 0, words: str = "") -> Answer:
    return read(problem(code, subcode, words), "GET")


def read(scripted: Any, method: str = "GET") -> Answer:
    body = scripted.body if isinstance(scripted.body, bytes) else json.dumps(scripted.body).encode()
    return Answer(method, "graph.facebook.com", scripted.status, scripted.headers, body, "")


def error_of(said: Answer) -> ConnectorError:
    with pytest.raises(ConnectorError) as caught:
        check(said, [CANARY])
    return caught.value


@pytest.mark.parametrize("code", [102, 190])
@pytest.mark.parametrize("subcode", [0, 458, 459, 460, 463, 464, 467])
def test_a_dead_sign_in_asks_to_sign_in_again(code: int, subcode: int) -> None:
    assert type(error_of(answer(code, subcode))) is AuthExpiredError


@pytest.mark.parametrize("code", [4, 9, 17, 32, 613, 80000, 80001, 80002, 80014])
def test_a_throttled_call_waits(code: int) -> None:
    error = error_of(answer(code))
    assert isinstance(error, RateLimitedError)
    assert error.retry_after_s == 900


@pytest.mark.parametrize("code", [1, 2, 341])
def test_a_transient_fault_is_tried_again_and_may_be_done(code: int) -> None:
    error = error_of(answer(code))
    assert isinstance(error, UnreachableError)
    assert error.maybe_done


@pytest.mark.parametrize(
    ("code", "subcode", "reason"),
    [
        (3, 0, Refusal.PERMISSION),
        (10, 0, Refusal.PERMISSION),
        (200, 0, Refusal.PERMISSION),
        (230, 0, Refusal.PERMISSION),
        (299, 0, Refusal.PERMISSION),
        (368, 0, Refusal.PERMISSION),
        (506, 0, Refusal.DUPLICATE),
        (12, 0, Refusal.OTHER),
        (21, 0, Refusal.GONE),
        (24, 4279009, Refusal.GONE),
        (803, 0, Refusal.GONE),
        (100, 33, Refusal.GONE),
        (100, 0, Refusal.OTHER),
        (1609005, 0, Refusal.TEXT),
        (77777, 0, Refusal.OTHER),
    ],
)
def test_a_refusal_has_its_reason(code: int, subcode: int, reason: Refusal) -> None:
    error = error_of(answer(code, subcode))
    assert isinstance(error, RefusedError)
    assert error.reason is reason


def test_a_wrong_parameter_of_a_write_is_its_text() -> None:
    error = error_of(read(problem(100, 0, "Param message is too long"), "POST"))
    assert isinstance(error, RefusedError)
    assert error.reason is Refusal.TEXT


def test_a_missing_permission_hidden_in_code_100_is_told_as_one() -> None:
    body = fixture("facebook", "errors")["missing_permission"]
    said = Answer("GET", "graph.facebook.com", 400, {}, body.encode(), "")
    error = error_of(said)
    assert isinstance(error, RefusedError)
    assert error.reason is Refusal.PERMISSION


def test_an_error_inside_a_200_is_an_error() -> None:
    assert type(error_of(read(problem(190, 463, status=200)))) is AuthExpiredError


def test_the_code_decides_and_not_the_status() -> None:
    for status in (400, 401, 403, 404, 429, 500):
        error = error_of(read(problem(506, status=status), "POST"))
        assert isinstance(error, RefusedError)
        assert error.reason is Refusal.DUPLICATE


def test_media_that_is_still_read_was_surely_not_published() -> None:
    error = error_of(read(problem(9007, 2207027), "POST"))
    assert isinstance(error, UnreachableError)
    assert not error.maybe_done


def test_the_envelope_of_instagrams_sign_in_is_read() -> None:
    body = b'{"error_type":"OAuthException","code":400,"error_message":"Invalid redirect_uri"}'
    error = error_of(Answer("POST", "api.instagram.com", 400, {}, body, ""))
    assert isinstance(error, RefusedError)
    assert "Invalid redirect_uri" in error.detail


@pytest.mark.parametrize("words", ["Malformed access token {}", "{}", "a {} b {}"])
def test_no_token_that_meta_quotes_is_in_an_error(words: str) -> None:
    for token in (CANARY, "EAAG" + "x1" * 40):
        shown = str(error_of(answer(77777, 0, words.format(token, token))))
        assert token not in shown
        assert "***" in shown


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"error":7}', b'{"error":{"code":"190"}}', b'{"error":{"code":true}}',
     b'{"error":', b'{"error":{}}', b"[" * 50_000, b'{"data":["error"]}'],
)  # fmt: skip
def test_what_is_no_envelope_is_judged_by_its_status(body: bytes) -> None:
    said = Answer("GET", "graph.facebook.com", 503, {}, body, "")
    assert problem_of(said) is None
    assert isinstance(error_of(said), UnreachableError)
    check(Answer("GET", "graph.facebook.com", 200, {}, body, ""))
