"""Each switchable fault, as a client meets it."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
import requests
from urllib3.exceptions import NewConnectionError

from socialdesk.practice.content import SERVER
from socialdesk.practice.faults import Fault, Trouble

URL = f"{SERVER}/api/v1/notifications"
STATUSES = "/api/v1/statuses"


@pytest.mark.parametrize(
    ("trouble", "header"),
    [
        (Trouble.LIMIT_RESET, "X-RateLimit-Reset"),
        (Trouble.LIMIT_SECONDS, "Retry-After"),
        (Trouble.LIMIT_DATE, "Retry-After"),
        (Trouble.LIMIT_BARE, None),
    ],
)
def test_too_many_requests_in_each_dialect(world, trouble: Trouble, header: str | None):
    world.adapter.faults.add(Fault(trouble, wait_s=90))
    answer = world.http.get(URL)
    told = {name for name in answer.headers if "limit" in name.lower() or "retry" in name.lower()}
    assert answer.status_code == 429
    assert bool(told) == bool(header) and (header is None or header in told)
    assert world.http.get(URL).status_code == 200


def test_the_wait_told_is_the_wait_meant(world):
    world.adapter.faults.add(
        Fault(Trouble.LIMIT_SECONDS, wait_s=90), Fault(Trouble.LIMIT_DATE, wait_s=90)
    )
    assert world.http.get(URL).headers["Retry-After"] == "90"
    headers = world.http.get(URL).headers
    until, now = (parsedate_to_datetime(headers[name]) for name in ("Retry-After", "Date"))
    assert until - now == timedelta(seconds=90)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_server_errors_come_as_json_or_as_a_web_page(world, status: int):
    world.adapter.faults.add(
        Fault(Trouble.SERVER_ERROR, status=status), Fault(Trouble.WEB_PAGE, status=status)
    )
    error, web_page = world.http.get(URL), world.http.get(URL)
    assert (error.status_code, web_page.status_code) == (status, status)
    assert error.json() == {"error": "Something went wrong"}
    assert ("Retry-After" in error.headers) == (status == 503)
    assert web_page.text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Trouble.NO_ROUTE, requests.ConnectionError),
        (Trouble.TIME_OUT, requests.ReadTimeout),
        (Trouble.BROKEN, requests.ConnectionError),
        (Trouble.CUT_OFF, requests.exceptions.ChunkedEncodingError),
        (Trouble.DRIP, requests.ConnectionError),
    ],
)
def test_broken_lines_raise_what_requests_raises(world, trouble: Trouble, error: type[Exception]):
    world.adapter.faults.add(Fault(trouble))
    with pytest.raises(error) as caught:
        world.http.get(URL)
    never_left = isinstance(caught.value.args[0], NewConnectionError)
    assert never_left == (trouble is Trouble.NO_ROUTE)
    assert world.http.get(URL).ok


def test_a_dripping_answer_begins_before_it_falls_silent(world):
    world.adapter.faults.add(Fault(Trouble.DRIP))
    with world.http.get(URL, stream=True) as answer:
        assert answer.raw.read(1) == b"["
        with pytest.raises(requests.ConnectionError):
            list(answer.iter_content(1))


@pytest.mark.parametrize("trouble", [Trouble.MALFORMED, Trouble.TRUNCATED])
def test_damaged_json_comes_with_a_good_status(world, trouble: Trouble):
    world.adapter.faults.add(Fault(trouble))
    answer = world.http.get(URL)
    assert answer.status_code == 200
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()


def test_a_dead_sign_in_is_told_as_401(world):
    world.adapter.faults.add(Fault(Trouble.SIGNED_OUT))
    assert world.http.get(URL).status_code == 401


@pytest.mark.parametrize("is_stored", [False, True])
@pytest.mark.parametrize(
    "trouble", [Trouble.TIME_OUT, Trouble.BROKEN, Trouble.SERVER_ERROR, Trouble.WEB_PAGE]
)
def test_a_post_is_there_only_where_the_fault_came_after_it(
    world, trouble: Trouble, is_stored: bool
):
    world.adapter.faults.add(Fault(trouble, "POST", STATUSES, is_stored=is_stored))
    try:
        assert world.post("once", key="k").status_code == 503
    except requests.RequestException:
        assert trouble in {Trouble.TIME_OUT, Trouble.BROKEN}
    assert world.adapter.n_posts_by_us() == int(is_stored)


@pytest.mark.parametrize(
    "trouble", [Trouble.CUT_OFF, Trouble.MALFORMED, Trouble.TRUNCATED, Trouble.DRIP]
)
def test_a_spoilt_answer_to_a_post_hides_that_it_is_there(world, trouble: Trouble):
    world.adapter.faults.add(Fault(trouble, "POST"))
    try:
        with pytest.raises(requests.exceptions.JSONDecodeError):
            world.post("once").json()
    except requests.RequestException:
        assert trouble in {Trouble.CUT_OFF, Trouble.DRIP}
    assert world.adapter.n_posts_by_us() == 1


@pytest.mark.parametrize("trouble", [Trouble.NO_ROUTE, Trouble.LIMIT_RESET, Trouble.SIGNED_OUT])
def test_what_was_refused_at_the_door_is_never_stored(world, trouble: Trouble):
    world.adapter.faults.add(Fault(trouble, is_stored=True))
    try:
        assert world.post("never").status_code in {401, 429}
    except requests.ConnectionError:
        assert trouble is Trouble.NO_ROUTE
    assert world.adapter.n_posts_by_us() == 0


def test_a_fault_hits_what_it_fits_as_often_as_it_says(world):
    world.adapter.faults.add(Fault(Trouble.SERVER_ERROR, "GET", r"/api/v1/not.*", remaining=2))
    assert world.http.get(f"{SERVER}/api/v1/instance").ok
    assert world.post("not hit").ok
    assert [world.http.get(URL).status_code for _ in range(3)] == [503, 503, 200]
    assert world.adapter.faults.n_hits == 2


def test_a_fault_without_end_lasts_until_it_is_cleared(world):
    world.adapter.faults.add(Fault(Trouble.SERVER_ERROR, remaining=None))
    assert {world.http.get(URL).status_code for _ in range(5)} == {503}
    world.adapter.faults.clear()
    assert world.http.get(URL).ok


def test_a_share_of_requests_is_hit_the_same_ones_for_the_same_seed(make_world):
    def statuses(seed: int) -> list[int]:
        world = make_world(seed=seed)
        world.adapter.faults.add(Fault(Trouble.SERVER_ERROR, remaining=None, share=0.3))
        return [world.http.get(URL).status_code for _ in range(60)]

    assert statuses(1) == statuses(1) != statuses(2)
    assert 8 <= statuses(1).count(503) <= 28
