"""What somebody reads whose sign-in failed: never half a sentence, never our code's own words."""

from pathlib import Path

import pytest

import socialdesk.networks
from socialdesk.domain.errors import AuthExpiredError, Refusal, RefusedError, UnreachableError
from socialdesk.networks.addresses import public_addresses
from socialdesk.networks.scripted import session_with
from socialdesk.networks.telegram import NETWORK as TELEGRAM
from socialdesk.ui.accounts.trouble import failure, typed_host
from socialdesk.ui.accounts.wrong_input import _plain, _with_names, own_words
from tests.networks.fake_telegram import FakeTelegram

SOURCE = "\n".join(
    path.read_text("utf-8") for path in Path(socialdesk.networks.__file__).parent.rglob("*.py")
)


def bare(text: str) -> str:
    return text.translate(dict.fromkeys((0x2068, 0x2069)))


@pytest.mark.parametrize("key", ["token", "key", "user"])
def test_no_answer_names_a_host_only_when_one_was_typed(key: str) -> None:
    said = failure(UnreachableError(), ((key, "vk1.a.secret"),))
    assert "from ." not in bare(said.text)
    assert "vk1" not in said.text and "stays here" in said.text
    assert "connection" in said.next_step
    said = failure(UnreachableError(), (("host", "imap.nowhere.example"),))
    assert bare(said.text).startswith("No answer from imap.nowhere.example.")


def test_a_wrong_key_is_to_be_checked_and_not_signed_in_again() -> None:
    with pytest.raises(AuthExpiredError) as caught:
        TELEGRAM.sign_in(session_with(FakeTelegram()), {"token": "1:wrong"})
    said = failure(caught.value, (("token", "1:wrong"),))
    assert "no longer" not in said.text
    assert said.next_step.startswith("Check what was typed")
    assert "no longer" in failure(caught.value, (), by_browser=True).text


@pytest.mark.parametrize("detail", sorted(_plain()))
def test_every_detail_we_have_words_for_is_still_one_of_a_connector(detail: str) -> None:
    key = detail.replace("not a Reddit name", "not a Reddit {key}")
    assert key.replace("not a Reddit client_id", "not a Reddit {key}") in SOURCE
    said = failure(RefusedError(Refusal.OTHER, detail), (("server", "shop"),))
    assert "It says" not in said.text
    assert said.text.endswith(".") and said.next_step


@pytest.mark.parametrize("start", sorted(start for start, _ in _with_names()))
def test_names_stand_in_the_sentence(start: str) -> None:
    assert start in SOURCE
    assert "Dala Café, Dala Bakery." in bare(own_words(f"{start}Dala Café, Dala Bakery"))


def test_what_the_network_itself_said_is_quoted() -> None:
    said = failure(RefusedError(Refusal.OTHER, "Error 40: no such thing."), ())
    assert "It says: Error 40: no such thing." in bare(said.text)


def test_an_address_at_home_is_refused_by_its_name() -> None:
    with pytest.raises(RefusedError) as refused:
        public_addresses("127.0.0.1", 443, frozenset())
    said = failure(refused.value, (("url", "http://127.0.0.1/feed"),))
    assert "127.0.0.1" in said.text and "inside your own network" in said.text
    endless = RefusedError(Refusal.UNSAFE, "the feed is nested too deeply or endless")
    assert "own network" not in failure(endless, (("url", "news.example"),)).text


@pytest.mark.parametrize(
    ("typed", "host"),
    [("pond.example", "pond.example"), ("@ann@pond.example", "pond.example"),
     ("https://Pond.example:8443/@ann", "pond.example"), ("feed://news.example/a", "news.example"),
     ("feed:news.example", "news.example"), ("//news.example/x", "news.example"),
     ("http://[::1", ""), ("", "")],
)  # fmt: skip
def test_the_host_is_found_in_whatever_was_typed(typed: str, host: str) -> None:
    assert typed_host((("server", typed),)) == host
