"""Every event that an incident's log can hold is a sentence."""

import ast
import re
from pathlib import Path

import pytest

import socialdesk
from socialdesk.engine.after_action.log_words import _WORDS, event_words

ROOT = Path(socialdesk.__file__).parent
KIND = re.compile(r"[a-z]+(_[a-z]+)+")
BESIDE = {"alert_dismissed", "audience_saved", "drill_ended", "person_brought_back",
          "person_put_away", "pin_right", "pin_removed", "pin_set", "pin_wrong"}  # fmt: skip


def trees() -> list[ast.Module]:
    files = sorted([*ROOT.glob("store/**/*.py"), *ROOT.glob("engine/**/*.py")])
    return [ast.parse(file.read_text("utf-8")) for file in files]


def named_kinds(all_trees: list[ast.Module]) -> dict[str, str]:
    """Constants like SAVED_KIND with the kind they stand for."""
    found = {}
    for tree in all_trees:
        for node in tree.body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                if isinstance(node.value, ast.Constant) and node.target.id.endswith("KIND"):
                    found[node.target.id] = str(node.value.value)
    return found


def is_event(call: ast.Call) -> bool:
    """A call that writes an entry of an incident."""
    match call.func:
        case ast.Attribute(value=ast.Name(id="journal"), attr="append"):
            return any(k.arg == "incident" for k in call.keywords)
        case ast.Attribute(value=ast.Name(id="incident_moves"), attr="note" | "move"):
            return True
        case ast.Name(id="note" | "_note" | "move"):
            return True
    return False


def kinds_in_use() -> list[str]:
    all_trees = trees()
    names = named_kinds(all_trees)
    found = set(BESIDE)
    for tree in all_trees:
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and is_event(n)):
            for arg in call.args:
                if isinstance(arg, ast.Constant) and KIND.fullmatch(str(arg.value)):
                    found.add(str(arg.value))
                name = getattr(arg, "attr", getattr(arg, "id", ""))
                found |= {names[name]} if name in names else set()
    return sorted(found)


def test_the_search_finds_events() -> None:
    assert {"alert_linked", "incident_changed", "log_note", "look_given"} <= set(kinds_in_use())


@pytest.mark.parametrize("kind", kinds_in_use())
def test_every_event_has_words(kind: str) -> None:
    assert kind in _WORDS, kind


def test_a_check_that_was_skipped_is_named() -> None:
    skipped = event_words("check_skipped", {"codes": ["R24", "R25"], "reason": "ill"})
    assert skipped == "Sent without the check (R24, R25). Reason: ill"


def test_a_pin_and_an_alert_are_told_in_words() -> None:
    assert event_words("pin_wrong", {}) == "A PIN was typed wrong."
    linked = event_words("alert_linked", {"alert": 3, "n": 2})
    assert linked == "An alert was linked, with 2 mentions."
    assert event_words(
        "incident_changed", {"field": "role:scribe", "before": "", "after": "A"}
    ) == ("Scribe:  → A")
