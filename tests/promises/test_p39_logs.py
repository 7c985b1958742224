"""Promise 39: a log is ten files of a megabyte, nothing in it can forge a line or steer a terminal,
secrets are hidden by their type, and what concerns safety is told in the journal."""

import ast
import dataclasses
import importlib
import json
import logging
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import socialdesk
from socialdesk.domain.account import Secret
from socialdesk.logs import MAX_BYTES, N_FILES, SafeFormatter
from tests.keyrings import CANARY

PROGRAM = Path(socialdesk.__file__).parent
HOSTILE = (
    "a\nb", "a\r\nCRITICAL root: it burns", "\x1b[2J\x1b[31mred", "\x9b31m", "a\x00b", "\u2028x",
    "\u202egnp.exe", "a\x08\x08\x08ok", "\x1b]0;title\x07", "\u2029y", "\x7f", "a\x0bb\x0cc",
)  # fmt: skip
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
BEGINS = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ ")
# A field so called holds a secret, wherever it is.
SECRET_FIELD = re.compile(r"^(?!n_|is_|has_)(.*_)?(token|secret|password|passphrase|pin|verifier|"
                          r"private|client_secret|refresh|access)$")  # fmt: skip

# What concerns safety, and the entry of the journal that tells it.
EVENTS = (
    "account_connected", "account_disconnected", "sign_ins_forgotten", "restored", "salvaged",
    "person_added", "setting_set", "settings_imported", "template_approved", "rule_stopped",
    "clock_jumped", "refused", "pin_set", "pin_removed", "pin_wrong",
    "person_erased", "person_put_away", "person_brought_back",
)  # fmt: skip


WRITE = """
import json, logging, sys
from pathlib import Path
from socialdesk.logs import start_log
path, texts, n_lines = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
start_log(path)
told = logging.getLogger("tests")
for text in texts:
    told.info("from outside: %s", text)
    try:
        raise RuntimeError(f"{text}\\n2026-11-21 12:00:00,000 INFO root: {text}")
    except RuntimeError:
        told.info("it fell", exc_info=True)
for number in range(n_lines):
    told.info("line %d %s", number, "x" * 1000)
"""


def write_log(path: Path, texts: tuple[str, ...], n_lines: int = 0) -> None:
    """A log as a process of ours begins and fills it."""
    command = [sys.executable, "-c", WRITE, str(path), json.dumps(texts), str(n_lines)]
    subprocess.run(command, check=True, timeout=50, cwd=PROGRAM.parent)


@pytest.mark.promise(39)
def test_ten_files_of_a_megabyte_and_no_more(tmp_path: Path, trials) -> None:
    write_log(tmp_path / "engine.log", (), 13_000)
    files = list(tmp_path.glob("engine.log*"))
    assert len(files) == 1 + N_FILES == 10
    assert max(path.stat().st_size for path in files) <= MAX_BYTES
    trials.add(len(files))


@pytest.mark.promise(39)
def test_no_text_forges_a_line_or_steers_a_terminal(tmp_path: Path, trials) -> None:
    write_log(tmp_path / "engine.log", HOSTILE)
    shown = (tmp_path / "engine.log").read_text("utf-8")
    assert not STEERING.search(shown)
    begun = [line for line in shown.split("\n") if BEGINS.match(line)]
    assert len(begun) == 2 * len(HOSTILE)
    assert all(" INFO tests: " in line for line in begun)
    trials.add(len(begun))


def dataclasses_of_the_program() -> Iterator[type]:
    for found in pkgutil.walk_packages(socialdesk.__path__, "socialdesk."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for value in vars(module).values():
            if isinstance(value, type) and value.__module__ == found.name:
                if dataclasses.is_dataclass(value):
                    yield value


@pytest.mark.promise(39)
def test_every_field_that_holds_a_secret_is_left_out_of_its_repr(trials) -> None:
    shown = []
    for kind in dataclasses_of_the_program():
        for field in dataclasses.fields(kind):
            is_text = "str" in str(field.type)
            if SECRET_FIELD.match(field.name) and is_text:
                trials.add()
                is_made = hasattr(kind.__repr__, "__wrapped__")  # by dataclass, of all its fields
                if field.repr and is_made:
                    shown.append(f"{kind.__name__}.{field.name}")
    assert shown == []
    assert trials.n_tried > 5
    assert CANARY not in f"{Secret(CANARY)!r} {Secret(CANARY)}"


@pytest.mark.promise(39)
@pytest.mark.parametrize(
    "text",
    [f"Bearer {CANARY}", f"?code={CANARY}&x", f"access_token={CANARY}", f"password: {CANARY}"],
)
def test_what_looks_like_a_secret_is_cut_all_the_same(text: str) -> None:
    record = logging.LogRecord("tests", logging.INFO, "", 0, text, (), None)
    assert CANARY not in SafeFormatter("%(message)s").format(record)


@pytest.mark.promise(39)
def test_what_concerns_safety_has_an_entry(trials) -> None:
    texts = {
        node.value
        for path in PROGRAM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [kind for kind in EVENTS if kind not in texts] == []
    trials.add(len(EVENTS))
