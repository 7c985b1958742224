"""Calls to Meta: where the token stands, what proves the app, what is taken from a list."""

import pytest

from socialdesk.domain.errors import BadAnswerError, RefusedError, UnreachableError
from socialdesk.networks.meta.graph import FACEBOOK, Graph, Listing, inner_listing, listing, node
from socialdesk.networks.testing import session_with
from tests.networks.fake_facebook import APP_SECRET, PAGE, PAGE_TOKEN, FakeFacebook
from tests.networks.fake_meta import proof


@pytest.fixture
def server() -> FakeFacebook:
    return FakeFacebook()


@pytest.fixture
def graph(server: FakeFacebook) -> Graph:
    return Graph(session_with(server), FACEBOOK, lambda: PAGE_TOKEN, APP_SECRET)


def test_the_token_is_in_a_header_and_the_proof_beside_it(
    server: FakeFacebook, graph: Graph
) -> None:
    graph.get(PAGE, {"fields": "id"})
    comment = graph.make(f"{server.post_id}/comments", {"message": "hi"})
    graph.delete(comment)
    for request in server.asked:
        assert PAGE_TOKEN not in str(request.url) and PAGE_TOKEN not in str(request.body)
        assert APP_SECRET not in f"{request.url} {request.body!r}"
        assert request.headers["Authorization"] == f"Bearer {PAGE_TOKEN}"
        assert proof(PAGE_TOKEN, APP_SECRET) in f"{request.url} {request.body!r}"


def test_without_the_apps_secret_nothing_is_proved(server: FakeFacebook) -> None:
    server.app_secret = ""
    graph = Graph(session_with(server), FACEBOOK, lambda: PAGE_TOKEN)
    graph.get(PAGE, {"fields": "id"})
    assert "appsecret_proof" not in str(server.asked[0].url)


def test_only_the_cursor_is_taken_from_a_list_and_only_when_it_goes_on() -> None:
    paging = {"cursors": {"before": "b", "after": "a"}}
    assert listing({"data": [1], "paging": paging}) == Listing((1,))
    following = {**paging, "next": f"https://graph.facebook.com/?access_token={PAGE_TOKEN}"}
    found = listing({"data": [1], "paging": following})
    assert found == Listing((1,), "a")
    assert PAGE_TOKEN not in repr(found)


@pytest.mark.parametrize("data", [None, [], {}, {"data": None}, {"data": {}}, {"data": "x"}])
def test_what_is_no_list_is_a_bad_answer_but_inside_a_post_an_empty_one(data: object) -> None:
    with pytest.raises(BadAnswerError):
        listing(data)
    assert inner_listing(data) == Listing()


@pytest.mark.parametrize("paging", [None, [], {"next": 1}, {"next": "x", "cursors": {"after": 7}}])
def test_paging_that_cannot_be_read_is_the_end(paging: object) -> None:
    assert listing({"data": [], "paging": paging}) == Listing()


@pytest.mark.parametrize("name", ["", "..", ".", "a/b", "a?b", "a b", "ä", "1#2", "1%2f2"])
def test_a_name_that_leads_elsewhere_is_no_name(
    name: str, server: FakeFacebook, graph: Graph
) -> None:
    with pytest.raises(RefusedError):
        node(name)
    if name and name != "a/b":
        with pytest.raises(RefusedError):
            graph.get(f"{PAGE}/{name}")
        assert not server.asked


def test_a_post_without_a_name_may_be_there(server: FakeFacebook, graph: Graph) -> None:
    for body in (b"{}", b'{"id":""}', b'{"id":[]}', b"[]", b"7"):
        server.always(200, body)
        with pytest.raises(UnreachableError) as caught:
            graph.make(f"{PAGE}/feed", {"message": "hi"})
        assert caught.value.maybe_done


def test_an_app_of_another_owner_is_refused(server: FakeFacebook) -> None:
    graph = Graph(session_with(server), FACEBOOK, lambda: PAGE_TOKEN, "another-secret")
    with pytest.raises(RefusedError) as caught:
        graph.get(PAGE, {"fields": "id"})
    assert "another-secret" not in str(caught.value)
