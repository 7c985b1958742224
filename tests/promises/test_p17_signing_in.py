"""Promise 17: signing in goes through the system's browser, with a state nobody can guess, PKCE
where the network knows it, and a way back that is a loopback address for five minutes at most."""

import ast
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.errors import RefusedError
from socialdesk.networks.base import SignIn
from socialdesk.networks.oauth import OPEN_S, code_of, new_state
from tests.promises.test_p18_scopes import BY_BROWSER, OF_GOOGLE, TYPED, begin

PROGRAM = Path(__file__).parents[2] / "socialdesk"
# They check none; a forum's answer is sealed with a key made for it.
NO_PKCE = {"reddit", "tiktok", "linkedin", "facebook", "instagram", "threads", "discourse"}
FIVE_MINUTES = 300.0
SECRETS = {TYPED["client_secret"], TYPED["app_secret"], OF_GOOGLE["client_secret"]}


@pytest.mark.promise(17)
@pytest.mark.parametrize("network", BY_BROWSER, ids=lambda n: n.info.key)
def test_the_address_for_the_browser(network) -> None:
    first, second = begin(network), begin(network)
    address = urlsplit(first.url)
    query = parse_qs(address.query)
    assert address.scheme == "https" and address.hostname
    assert len(first.state) >= 32 and first.state != second.state
    if network.info.key != "discourse":  # it gives a nonce back, sealed
        assert query["state"] == [first.state]
    knows_pkce = network.info.key not in NO_PKCE
    assert (query.get("code_challenge_method") == ["S256"]) == knows_pkce
    if knows_pkce:
        assert query["code_challenge"] != [first.context["verifier"]]
        assert first.context["verifier"] != second.context["verifier"]
    assert not [secret for secret in SECRETS if secret in first.url + repr(first)]


@pytest.mark.promise(17)
@pytest.mark.parametrize("network", BY_BROWSER, ids=lambda n: n.info.key)
def test_the_way_back_is_this_computer_or_is_pasted(network) -> None:
    redirect = network.info.redirect
    assert redirect.host in ("127.0.0.1", "localhost", "::1")
    assert bool(redirect.pasted) <= (network.info.sign_in is SignIn.PASTED)
    assert OPEN_S <= FIVE_MINUTES


@pytest.mark.promise(17)
def test_two_hundred_pasted_addresses_without_our_state_are_refused(trials) -> None:
    dice, state = Random(17), new_state()
    ways = (
        "https://ours.example/?code={c}&state={s}x", "https://ours.example/?code={c}",
        "https://ours.example/?code={c}&state={s}&state={s}", "https://ours.example/?state={s}",
        "https://ours.example/?code={c}&code={c}&state={s}", "https://ours.example/#code={c}",
        "https://ours.example/?code={c}&state={s}&error=access_denied", "code={c}&state={u}",
        "https://ours.example/?code=&state={s}", "https://ours.example/?code={c}&state={u}",
    )  # fmt: skip
    for number in range(200):
        way = ways[number % len(ways)]
        pasted = way.format(c=dice.randbytes(8).hex(), s=state, u=state.swapcase())
        with pytest.raises(RefusedError):
            code_of(pasted, state)
        trials.add()


@pytest.mark.promise(17)
def test_no_browser_of_our_own_is_ever_shown() -> None:
    imported = {
        name
        for path in PROGRAM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([getattr(node, "module", "") or ""] + [one.name for one in node.names])
    }
    assert not [name for name in imported if "WebEngine" in name or "WebView" in name]
