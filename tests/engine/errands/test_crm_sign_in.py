"""Salesforce is signed in to in the browser, which comes back to a fixed port of this machine."""

import http.client
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.commands import BeginSignIn, FinishSignIn
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ListAccounts
from socialdesk.engine.queries.crm import ListCrms
from socialdesk.networks import salesforce
from socialdesk.networks.scripted import session_with
from socialdesk.networks.tokens import Tokens
from tests.engine.crm_bench import Kept
from tests.fakes import HandClock
from tests.networks.fake_salesforce import CLIENT, CODE, LOGIN, REFRESH, FakeSalesforce


@pytest.fixture
def secrets() -> Kept:
    return Kept()


@pytest.fixture
def desk(tmp_path: Path, secrets: Kept):
    server = FakeSalesforce()

    def session(**_: object) -> requests.Session:
        return session_with(server)

    networks = {"salesforce": salesforce.NETWORK}
    outside = Outside(networks, session, lambda _: secrets)
    made = InlineDesk(tmp_path / "workspace.db", tmp_path / "backups", HandClock(), outside)
    yield made
    made.close()


def test_the_browser_comes_back_and_the_crm_is_there_without_a_watch(desk, secrets) -> None:
    fields = (("domain", f"https://{LOGIN}/lightning"), ("client_id", CLIENT))
    begun = desk.do(BeginSignIn("salesforce", fields)).result().answer
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begun["url"]).query).items()}
    back = urlsplit(asked["redirect_uri"])
    assert (back.scheme, back.hostname, back.path) == ("http", "localhost", "/callback")
    assert back.port in salesforce.NETWORK.info.redirect.ports
    browser = http.client.HTTPConnection("127.0.0.1", back.port, timeout=10)
    path = f"/callback?code={CODE}&state={asked['state']}"
    browser.request("GET", path, headers={"Host": f"localhost:{back.port}"})
    assert browser.getresponse().status == 200
    browser.close()
    done = desk.do(FinishSignIn(begun["ticket"])).result()
    account = int(done.answer["account_id"])
    (row,) = desk.ask(ListAccounts()).result()
    assert isinstance(row, AccountRow)
    assert (row.name, row.is_crm, row.watches) == ("Rye & Co", True, ())
    assert [one.id for one in desk.ask(ListCrms()).result()] == [account]
    assert Tokens.unpacked(secrets.read(account)).refresh == REFRESH
