"""19. A closed incident's report: its numbers, its forms, and the chain that shows a change."""

import csv
import json
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from socialdesk.engine.after_action.sections import parts_of
from socialdesk.engine.after_action.wire import json_of, read_json
from socialdesk.engine.commands.crisis import (
    AddLogNote,
    ChangeIncident,
    DiscardAllHeld,
    ExportIncident,
    SaveReview,
    SaveTask,
)
from socialdesk.engine.health.doctor import log_check
from socialdesk.engine.queries.crisis import ReadAfterAction
from tests.crisis.conftest import Shop
from tests.crisis.steps import to_review

DAY_S = 86_400
FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def closed(shop: Shop) -> int:
    """An incident led to its end by what an owner alone would do."""
    for mention in shop.mentions(3):
        shop.reply("We look into it.", mention=mention)
    incident = shop.declare(severity=3)
    shop.do(AddLogNote(incident, FORMULA))
    assert shop.refused(shop.reply_command("in my own words")).code == "R12"
    shop.do(ChangeIncident(incident, "strategy", "reactive", "only a few ask"))
    shop.do(DiscardAllHeld(incident))
    to_review(shop, incident)
    shop.do(SaveReview(incident, (
        ("cause", "a cable"), ("went_well", "we were quick"), ("went_badly", "no spare cable"),
    )))  # fmt: skip
    shop.do(SaveTask(incident, text="buy a spare cable", owner=1, due_at=shop.now + DAY_S * 1000))
    shop.move(incident, "closed")
    return incident


def exported(shop: Shop, incident: int, folder: Path, shape: str) -> Path:
    path = folder / f"report.{shape}"
    shop.do(ExportIncident(incident, str(path), shape))
    return path


def test_scenario_19_the_report_gives_the_posture_of_what_was_said_and_why(shop: Shop) -> None:
    incident = shop.declare(severity=2)
    shop.confirm_facts(incident, "holding")
    why = "the bank said so"
    shop.publish(shop.statement(incident, posture="deny", posture_reason=why))
    report = shop.ask(ReadAfterAction(incident))
    assert report is not None and read_json(json_of(report)) == report
    (said,) = next(part for part in parts_of(report) if "Posture" in part.head).rows
    assert "Deny: the bank said so" in said


def test_scenario_19_a_closed_incident_is_closed_in_its_report(shop: Shop, closed: int) -> None:
    report = shop.ask(ReadAfterAction(closed))
    assert report is not None
    assert report.state == "closed"


def test_scenario_19_every_number_equals_a_query_over_the_log(shop: Shop, closed: int) -> None:
    report = shop.ask(ReadAfterAction(closed))
    assert report is not None
    conn = sqlite3.connect(shop.bench.desk._readers._path)
    for key, number in report.numbers.items():
        if "--" in number.sql or key == "events":
            continue
        assert conn.execute(number.sql).fetchone() == (number.value,), key
    kinds = Counter(kind for (kind,) in conn.execute(
        "SELECT kind FROM journal WHERE incident = ?", (closed,)))  # fmt: skip
    conn.close()
    # The last two of the log come after the report was counted: its own freezing, the closing.
    assert report.n("events") == kinds.total() - 2
    assert report.n("refused") == kinds["refused"] == 1
    assert report.n("held") == report.n("held_discarded") == 3
    assert report.n("skipped") == 0


def test_scenario_19_the_json_opens_again_and_is_what_the_log_names(
    shop: Shop, closed: int, tmp_path: Path
) -> None:
    path = exported(shop, closed, tmp_path, "json")
    assert read_json(path.read_text()) == shop.ask(ReadAfterAction(closed))
    (frozen,) = shop.events("report_frozen", closed)
    assert shop.incident(closed).report_hash == frozen["json"]
    import hashlib

    assert hashlib.sha256(path.read_bytes()).hexdigest() == frozen["json"]


@pytest.mark.promise(34)
def test_scenario_19_no_cell_is_a_formula(shop: Shop, closed: int, tmp_path: Path) -> None:
    path = exported(shop, closed, tmp_path, "csv")
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    cells = [cell for row in rows for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert any(FORMULA in cell for cell in cells)


@pytest.mark.parametrize("shape", ["md", "html"])
def test_scenario_19_text_of_anybody_stays_text(
    shop: Shop, closed: int, tmp_path: Path, shape: str
) -> None:
    text = exported(shop, closed, tmp_path, shape).read_text()
    assert "buy a spare cable" in text and "<script" not in text


def test_scenario_19_changing_one_row_breaks_the_chain_visibly(
    shop: Shop, closed: int, tmp_path: Path
) -> None:
    path = exported(shop, closed, tmp_path, "log")
    assert log_check(path).is_well
    lines = path.read_text().splitlines()
    for n in range(1, len(lines)):
        changed = json.loads(lines[n])
        changed["data"] = {**changed["data"], "code": "R99"}
        bad = [*lines[:n], json.dumps(changed), *lines[n + 1 :]]
        path.write_text("\n".join(bad) + "\n")
        check = log_check(path)
        assert not check.is_well and str(changed["seq"]) in check.text
        path.write_text("\n".join([*lines[:n], *lines[n + 1 :]]) + "\n")
        assert not log_check(path).is_well


@pytest.mark.parametrize("text", ["", "{", "[]", '{"socialdesk_journal":9}', "socialdesk_journal"])
def test_scenario_19_what_is_no_log_ends_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.log"
    path.write_text(text)
    check = log_check(path)
    assert not check.is_well and check.next_step
