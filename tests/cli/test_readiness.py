"""`socialdesk readiness`."""

import pytest

from socialdesk.cli.exit_codes import REFUSED, USAGE


def test_what_was_never_done_is_named_and_the_code_says_so(practise):
    ran = practise("readiness")
    assert ran.code == REFUSED
    assert ran.out.startswith("Not ready yet")
    assert "missing: Drill. No drill was played. Play one" in ran.out
    assert len(ran.out.splitlines()) == 10


def test_json_has_every_line_with_its_numbers(practise, sql):
    sql("INSERT INTO playbook_read(playbook, version, person_id, at) VALUES('outage', '1.0.0', 1,"
        " unixepoch() * 1000)")  # fmt: skip
    value = practise("readiness", "--json").value
    assert value["level"] == "red"
    lines = {line["key"]: line for line in value["lines"]}
    assert (lines["playbooks"]["n"], lines["playbooks"]["of"]) == (1, 9)
    assert lines["playbooks"]["level"] == "amber"


@pytest.mark.parametrize(("ending", "head"), [("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF-")])
def test_the_go_kit_is_written(practise, tmp_path, ending, head):
    target = tmp_path / f"kit.{ending}"
    ran = practise("readiness", "--go-kit", target)
    assert f"Written: {target}" in ran.out
    assert target.read_bytes().startswith(head)


def test_another_ending_is_refused(practise, tmp_path):
    ran = practise("readiness", "--go-kit", tmp_path / "kit.doc")
    assert ran.code == USAGE and ".pdf" in ran.err
