"""Every refusal has its text, travels the link whole, and leaves its event and nothing else."""

import string
from typing import Any

import pytest

from socialdesk.domain.crisis.refusal import CODES, CrisisRefusedError
from socialdesk.engine.commands import AddPerson
from socialdesk.engine.commands.crisis import Suspect
from socialdesk.engine.process import codec
from socialdesk.engine.words.messages import sentence
from socialdesk.engine.work import do_once
from tests.store.queue_file import QueueFile

FACTS: dict[str, Any] = {"n": 2, "h": 4, "k": 1, "m": 3, "s": 5} | {
    name: f"<{name}>"
    for name in "list id scope account t line time fact f state why person action".split()
} | {"old12": "6509de5a26a1", "new12": "2b6bdff81795"}  # fmt: skip


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_text_with_its_facts_in_it(code: str) -> None:
    text = sentence(CrisisRefusedError(code, **FACTS)).text
    assert text.endswith(".")
    assert not any(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_fact_that_is_missing_leaves_its_place_empty(code: str) -> None:
    assert sentence(CrisisRefusedError(code)).text


def test_two_reports_are_counted_as_two() -> None:
    text = sentence(CrisisRefusedError("R20", n=2, list="{since}, {what}")).text
    assert text == "2 places are not filled in: {since}, {what}."


def test_a_refusal_travels_the_link() -> None:
    sent = CrisisRefusedError("R24", incident_id=3, fact="sale stopped", k=2, n=3)
    wire = codec.from_bytes(codec.to_bytes(codec.error_to_json(sent)))
    arrived = codec.error_from_json(wire)
    assert isinstance(arrived, CrisisRefusedError)
    assert (arrived.code, arrived.incident_id, arrived.facts) == ("R24", 3, sent.facts)


def test_what_is_refused_leaves_its_event_and_nothing_else(tmp_path) -> None:
    file = QueueFile(tmp_path)

    def refuse(tx, command, person):
        tx.conn.execute("INSERT INTO person(name, added_at) VALUES ('half done', 1)")
        raise CrisisRefusedError("R12")

    command = Suspect()
    handlers = {Suspect: refuse, AddPerson: refuse}
    first = file.write(lambda tx: do_once(tx, "one", command, handlers))
    again = file.write(lambda tx: do_once(tx, "one", command, handlers))
    assert isinstance(first, CrisisRefusedError)
    assert isinstance(again, CrisisRefusedError)
    assert again.code == "R12"
    assert len(file.sql("SELECT seq FROM journal WHERE kind = 'refused'")) == 1
    assert file.sql("SELECT name FROM person WHERE name = 'half done'") == []
    file.close()
