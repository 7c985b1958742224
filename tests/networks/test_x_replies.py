"""Answers on X: where they go, when X refuses them, and whether they were sent."""

from dataclasses import replace
from datetime import timedelta

import pytest
import requests

from socialdesk.domain.errors import Refusal, RefusedError, UnreachableError
from socialdesk.networks.testing import Scripted
from tests.networks.fake_x import ANN, OWN, FakeX, id_of
from tests.networks.x_kit import CountingPurse, a_reply, connected


def test_an_answer_within_a_thread_goes_under_its_post() -> None:
    server = FakeX()
    root = id_of(server.write(ANN, "root"))
    below = id_of(server.write(ANN, "@brandbakery?", names_us=True, parent=root))
    posted = connected(server).reply(a_reply(f"{below}/{root}"))
    assert server.parent_of("Yes, until eight.") == below
    assert posted.url == f"https://x.com/brandbakery/status/{posted.remote_id}"


def test_who_did_not_summon_us_is_refused() -> None:
    server = FakeX()
    with pytest.raises(RefusedError) as caught:
        connected(server).reply(a_reply(id_of(server.write(ANN, "bread!"))))
    assert caught.value.reason is Refusal.PERMISSION


def test_the_same_words_again_are_a_duplicate_that_is_found() -> None:
    server = FakeX()
    connector, outgoing = connected(server), a_reply(id_of(server.add_mention("open?")))
    posted = connector.reply(outgoing)
    with pytest.raises(RefusedError) as caught:
        connector.reply(outgoing)
    assert caught.value.reason is Refusal.DUPLICATE
    assert connector.find_reply(outgoing) == posted


@pytest.mark.parametrize(
    "text",
    [
        "See brand.kz and https://brand.kz/menu?day=1&x=<2> & more",
        "HTTPS://Brand.kz. Done",
        "Come: https://brand.kz/",
        "a < b && b > c",
    ],
)
def test_links_and_signs_that_x_rewrites_are_found_again(text: str) -> None:
    server = FakeX()
    connector, outgoing = connected(server), a_reply(id_of(server.add_mention("open?")), text)
    posted = connector.reply(outgoing)
    assert connector.find_reply(outgoing) == posted
    assert connector.find_reply(replace(outgoing, text=text + "!")) is None


def test_the_right_one_is_found_among_many() -> None:
    server = FakeX()
    first, second = (id_of(server.add_mention(text)) for text in ("one?", "two?"))
    connector = connected(server)
    for n in range(30):
        server.write(OWN, f"post {n}")
    posted = connector.reply(a_reply(first))
    for n in range(30):
        server.write(OWN, f"later {n}")
    assert connector.find_reply(a_reply(first)) == posted
    assert connector.find_reply(a_reply(second)) is None
    late = replace(a_reply(first), made_at=server.now + timedelta(minutes=10))
    assert connector.find_reply(late) is None


class RenewalLost(FakeX):
    """Never answers who asks for new tokens."""

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        answer = super().handle(request)
        if "/oauth2/token" in str(request.url):
            raise requests.ReadTimeout("lost", request=request)
        return answer


def test_a_lost_renewal_before_a_reply_leaves_no_doubt() -> None:
    """The reply itself was refused with 401 before: it is not on X."""
    server, purse = RenewalLost(), CountingPurse()
    outgoing = a_reply(id_of(server.add_mention("open?")))
    server.access = "ended"
    with pytest.raises(UnreachableError) as caught:
        connected(server, purse).reply(outgoing)
    assert not caught.value.maybe_done
    assert server.n_posted(outgoing.text) == purse.spent == 0


def test_a_reply_is_deleted_once_and_gone_is_well() -> None:
    server, purse = FakeX(), CountingPurse()
    connector = connected(server, purse)
    posted = connector.reply(a_reply(id_of(server.add_mention("open?"))))
    connector.delete(posted.remote_id)
    connector.delete(posted.remote_id)
    assert server.n_posted("Yes, until eight.") == 0
    assert purse.spent == server.billed == 20_000
    other = id_of(server.add_mention("not ours"))
    with pytest.raises(RefusedError):
        connector.delete(other)
