"""Which networks there are; a broken one of another package is reported, never fatal."""

import sys
from importlib.metadata import EntryPoint

import pytest

from socialdesk.networks import registry
from socialdesk.networks.base import NetworkInfo, SignIn
from socialdesk.networks.mastodon import NETWORK as MASTODON


class Pond:
    info = NetworkInfo("pond", "Pond", MASTODON.info.can, SignIn.NONE, (), 60)
    connect = sign_in = begin_oauth = finish_oauth = staticmethod(lambda *_: None)


class Half:
    info = Pond.info


POND, HALF, NOTHING, DOUBLE = Pond(), Half(), object(), MASTODON


def entry(name: str, module: str = __name__) -> EntryPoint:
    return EntryPoint(name.lower(), f"{module}:{name}", registry.GROUP)


@pytest.fixture(autouse=True)
def _importable(monkeypatch):
    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or _this())


def _this():
    import types

    module = types.ModuleType(__name__)
    module.__dict__.update(globals())
    return module


def test_the_built_in_networks_have_keys_of_their_own():
    networks = registry.networks()
    assert [network.info.key for network in networks.values()] == list(networks)
    assert len(networks) == len(registry.KEYS) == len(set(registry.KEYS))


def test_another_package_adds_a_network():
    found = registry.known([entry("POND")])
    assert list(found.networks)[-1] == "pond"
    assert found.broken == ()


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (entry("POND", "no_such_module_anywhere"), "ModuleNotFoundError"),
        (entry("NO_SUCH_NAME"), "AttributeError"),
        (entry("NOTHING"), "NetworkInfo"),
        (entry("HALF"), "connect"),
        (entry("DOUBLE"), "mastodon"),
    ],
)
def test_a_broken_connector_is_reported_and_the_rest_kept(broken, reason):
    found = registry.known([broken, entry("POND")])
    assert reason in found.broken[0].reason
    assert list(found.networks)[-1] == "pond"


def test_a_broken_connector_is_logged(monkeypatch, expect_log):
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry("HALF")])
    expect_log("WARNING .*the connector half cannot be used")
    assert len(registry.networks()) == len(registry.BUILT_IN)


def test_a_frozen_program_looks_for_no_other_packages(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry("POND")])
    assert list(registry.networks()) == list(registry.KEYS)
