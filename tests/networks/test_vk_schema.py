"""The fixture and the fake say what VK's own schema says; the connector asks only for what is in
it."""

import ast
from pathlib import Path

import pytest

import socialdesk.networks.vk as vk
from socialdesk.networks.vk.events import HEARD
from tests.networks.fake_vk import written_events
from tests.networks.vk_schema import (
    FIXTURES,
    SCHEMA,
    event_faults,
    faults_in,
    param_faults,
    response_faults,
)


def test_the_extract_names_source_and_licence():
    assert "5.199" in SCHEMA["_source"]
    assert "MIT" in SCHEMA["_licence"]
    assert "Permission is hereby granted" in (FIXTURES / "LICENSE").read_text("utf-8")


@pytest.mark.parametrize("name", written_events())
def test_each_written_event_fits_the_schema(name):
    assert event_faults(written_events()[name]) == []


def test_every_event_that_is_switched_on_can_be_switched_on():
    known = SCHEMA["methods"]["groups.setLongPollSettings"]["params"]
    assert set(HEARD) <= set(known)
    assert {event["type"] for event in written_events().values()} <= set(HEARD)


def test_every_method_that_is_called_is_in_the_schema():
    called = set()
    for path in Path(vk.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                first = node.args[0] if node.args else None
                if node.func.attr in ("ask", "look", "write") and isinstance(first, ast.Constant):
                    called.add(first.value)
    assert called <= set(SCHEMA["methods"])
    assert len(called) >= 12


def test_what_does_not_fit_is_noticed():
    assert list(faults_in({"id": "5"}, "WallWallComment"))
    assert list(faults_in({"idd": 5}, "WallWallComment"))
    assert list(faults_in({"id": True}, "WallWallComment"))
    assert list(faults_in({"thread": {"items": [{"x": 1}]}}, "WallWallComment"))
    assert list(faults_in({"post_type": "letter"}, "WallWallpostFull"))
    assert response_faults("wall.createComment", {"comment": 5})
    assert param_faults("wall.createComment", {"post": "5"})
    assert param_faults("wall.getComments", {"post_id": "x"})
    assert param_faults("groups.getLongPollServer", {})
    assert event_faults({"type": "wall_reply_new", "object": {"nobody": 1}})
    assert event_faults({"type": "no_such_event", "object": {}})
