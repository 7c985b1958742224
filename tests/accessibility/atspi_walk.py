"""What a screen reader is told from outside, over AT-SPI: one JSON line for each process id on
standard input, a list of [role, name, is_focusable, is_focused, path].

Runs with the system's python3, whose `gi` our virtual environment does not have: standard library
and Atspi only, no import of ours.
"""

import json
import sys

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found]  # noqa: E402

MANY = 12  # rows of one list
LISTS = ("list", "table", "tree", "tree table")
State = Atspi.StateType


def walk(pid):
    """Everything that shows in the windows of a process."""
    found: list[list[object]] = []
    desktop = Atspi.get_desktop(0)
    for n in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(n)
        if program is not None and program.get_process_id() == pid:
            for w in range(program.get_child_count()):
                visit(program.get_child_at_index(w), "", found)
    return found


def visit(node, path, found):
    try:
        if node is None:
            return
        node.clear_cache()
        states, role, name = node.get_state_set(), node.get_role_name(), node.get_name() or ""
        if not states.contains(State.SHOWING):
            return
        found.append(
            [role, name, states.contains(State.FOCUSABLE), states.contains(State.FOCUSED), path]
        )
        n_children = node.get_child_count()
        for n in range(min(n_children, MANY) if role in LISTS else n_children):
            visit(node.get_child_at_index(n), f"{path}/{role}", found)
    except GLib.Error:
        return  # it went while we looked


for line in sys.stdin:
    print(json.dumps(walk(int(line))), flush=True)
