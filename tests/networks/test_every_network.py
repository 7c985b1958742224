"""What holds for every connector, whichever it is; each brings its sample."""

import ast
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pytest
from requests import PreparedRequest

from socialdesk.domain.account import Can
from socialdesk.domain.errors import ConnectorError, CredentialError
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks import file_import, registry
from socialdesk.networks.base import Connector, SeesOwn, ShowsPanel, SignIn, TakesPosts
from socialdesk.networks.crm import Crm, CrmPerson
from socialdesk.networks.scripted import START, Scripted, ScriptedServer, everything
from socialdesk.networks.testing import read_on
from tests.networks.samples import all_samples
from tests.networks.samples.sample import Sample
from tests.promises.plugin import Trials

HERE = Path(__file__).parent
NETWORKS = tuple(n for n in registry.BUILT_IN if n.info.key != file_import.KEY)  # nothing to ask
SAMPLES = all_samples()
SHORTEST_GUIDE = 3
OPEN = ("mastodon", "bluesky", "feeds")  # nothing is to be done there first
STATUSES = (200, 400, 401, 402, 403, 404, 409, 422, 429, 500, 503)

every_network = pytest.mark.parametrize("network", NETWORKS, ids=lambda n: n.info.key)
every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.key)


def test_every_network_has_a_sample() -> None:
    assert {s.key for s in SAMPLES} == {n.info.key for n in NETWORKS}


@every_network
def test_it_has_contract_tests(network: object) -> None:
    key = network.info.key  # type: ignore[attr-defined]
    (found,) = HERE.glob(f"test_{key}_contract.py")
    bases = {
        getattr(base, "id", "")
        for node in ast.walk(ast.parse(found.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        for base in node.bases
    }
    assert any(base.endswith("Contract") for base in bases)


@every_network
def test_it_says_what_comes_from_there_and_how_it_is_set_up(network: object) -> None:
    info = network.info  # type: ignore[attr-defined]
    assert info.about and len(info.about) <= 90 and not info.about.endswith(".")
    if info.key not in OPEN and info.sign_in is not SignIn.NONE:
        assert len(info.guide) >= SHORTEST_GUIDE
    for step in info.guide:
        assert step.text.endswith((".", "?", "!", ":"))
        assert not step.url or step.url.startswith("https://")
    if info.sign_in is SignIn.NONE:
        assert not any(field.secret and not field.optional for field in info.fields)


@every_network
def test_its_keeping_rule_can_be_kept(network: object) -> None:
    """What must be confirmed in time must be able to be looked at again."""
    info = network.info  # type: ignore[attr-defined]
    if info.keep.hours and info.keep.is_stored:
        assert info.can & Can.RECHECK
    assert info.keep.is_stored or info.can & Can.PANEL


def _met(sample: Sample) -> tuple[Connector, ScriptedServer, Mention | None]:
    """A connector that has met somebody; None where nothing is fetched."""
    server = sample.new_server()
    connector = sample.connect(server)
    if sample.network.info.can & (Can.CRM | Can.PANEL):
        return connector, server, None
    server.add_mention("are you open?")
    mentions, _, _ = read_on(connector, sample.watch, None, START - timedelta(days=30))
    return connector, server, mentions[-1]


def _calls(connector: Connector, met: Mention | None) -> Iterator[Callable[[], object]]:
    """Everything that can be asked of it."""
    id, uri, author = (met.remote_id, met.uri, met.author.remote_id) if met else ("1", "u:1", "1")
    outgoing = Outgoing(id, uri, "Thank you for telling us.", "key-1", START)
    yield connector.card
    yield lambda: connector.thread(id)
    yield lambda: connector.recheck([id])
    yield lambda: connector.profile(author)
    yield lambda: connector.reply(outgoing)
    yield lambda: connector.find_reply(outgoing)
    yield lambda: connector.edit(id, "other words")
    yield lambda: connector.delete(id)
    yield connector.sign_out
    if isinstance(connector, TakesPosts):
        yield lambda: connector.post(Outgoing("", "", "To everybody.", "key-2", START))
    if isinstance(connector, SeesOwn):
        yield lambda: connector.is_public(id)
    if isinstance(connector, ShowsPanel):
        yield connector.panel
    if isinstance(connector, Crm):
        yield lambda: connector.look_up(CrmPerson("Ann", "ann@pond.example"))
        yield lambda: connector.states(["1"])


def _echo(status: int, request: PreparedRequest) -> Scripted:
    """All that came, in every field a network might say it in."""
    body = request.body.decode("utf-8", "replace") if isinstance(request.body, bytes) else ""
    body = body or (request.body if isinstance(request.body, str) else "")
    sent = [
        request.url or "",
        *request.headers.values(),
        body,
        unquote(body),
        unquote(request.url or ""),
    ]
    said = " ".join(sent)
    params = [{"key": "access_token", "value": one} for one in sent]
    error = {"message": said, "code": 5, "error_code": 5, "error_msg": said,
             "request_params": params, "error_subcode": 1, "type": said}  # fmt: skip
    return Scripted(status, {
        "error": error, "message": said, "errors": [said, error], "detail": said, "title": said,
        "error_description": said, "description": said, "error_message": said, "ok": False,
    })  # fmt: skip


@pytest.mark.promise(13)
@every_sample
def test_no_secret_reaches_a_log_an_error_or_a_repr(
    sample: Sample, caplog: pytest.LogCaptureFixture
) -> None:
    """A server that says back whatever it was sent, in every status, to every call."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("urllib3").setLevel(logging.DEBUG)
    shown = []
    for status in STATUSES:
        connector, server, met = _met(sample)
        shown.append(repr(connector))
        server.handle = partial(_echo, status)  # type: ignore[method-assign]
        fetch = partial(connector.fetch, sample.watch, None, since=START - timedelta(days=1))
        calls: list[Callable[[], object]] = [fetch, *_calls(connector, met)]
        for call in calls:
            try:
                shown.append(repr(call()))
            except (ConnectorError, CredentialError) as e:
                shown.append(everything(e))
    told = "\n".join([*shown, caplog.text])
    assert [canary for canary in sample.canaries if canary in told] == []


@pytest.mark.promise(20)
@every_sample
def test_every_failure_is_an_error_of_ours(sample: Sample, trials: Trials) -> None:
    """Whatever a server answers to whatever call: an error the desk has words for, or a result."""
    for status in (*STATUSES, 302, 304, 418, 599):
        for body in (b"", b"[]", b"{}", b"null", b'{"data": null}', b"<html>", b'{"error": {}}'):
            connector, server, met = _met(sample)
            server.always(status, body)
            for call in _calls(connector, met):
                trials.add()
                with suppress(ConnectorError):
                    call()
