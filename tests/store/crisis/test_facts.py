"""Facts: which checks confirm one, and what happens when it stops being confirmed."""

from typing import Any

import pytest

from socialdesk.domain.crisis.fact import FactState
from socialdesk.domain.crisis.incident import Severity
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.store.crisis import facts, incident_moves
from tests.store.crisis.incident_file import CONFIRMING, a_fact, an_incident
from tests.store.queue_file import QueueFile


def state(file: QueueFile, fact_id: int) -> FactState:
    return file.read(facts.read, fact_id).state


def test_three_independent_sources_confirm_a_fact_of_the_worst_severity(file: QueueFile) -> None:
    incident = an_incident(file)
    fact = a_fact(file, incident, *CONFIRMING[:2])
    assert state(file, fact) is FactState.OPEN
    _, moved = file.write(lambda tx: facts.check(tx, fact, *CONFIRMING[2], file.ann))
    assert moved.state is FactState.CONFIRMED


def test_two_checks_from_one_source_count_once(file: QueueFile) -> None:
    fact = a_fact(
        file, an_incident(file), ("seen", "The monitor", "yes"), ("seen", "the  MONITOR.", "yes"),
        ("system", "log", "yes"),
    )  # fmt: skip
    assert file.read(facts.read, fact).tally.n_yes == 2
    with pytest.raises(CrisisRefusedError) as refused:
        file.read(facts.refuse_unconfirmed, [fact], 1, skip=frozenset())
    assert refused.value.code == "R24"
    assert (refused.value.facts["k"], refused.value.facts["n"]) == (2, 3)


def test_posts_alone_confirm_nothing_and_no_glass_breaks_that(file: QueueFile) -> None:
    incident = an_incident(file, severity=Severity.SEV2)
    fact = a_fact(file, incident, ("post", "a", "yes"), ("post", "b", "yes"))
    assert state(file, fact) is FactState.OPEN
    with pytest.raises(CrisisRefusedError) as refused:
        file.read(facts.refuse_unconfirmed, [fact], incident.id, skip=frozenset({"R24"}))
    assert refused.value.code == "R23"


def test_a_no_opens_the_fact_until_its_source_takes_it_back(file: QueueFile) -> None:
    incident = an_incident(file)
    fact = a_fact(file, incident, *CONFIRMING)
    file.write(lambda tx: facts.check(tx, fact, "person", "Dana", "no", file.ann))
    assert state(file, fact) is FactState.OPEN
    file.write(lambda tx: facts.check(tx, fact, "person", "dana", "unclear", file.ann))
    assert state(file, fact) is FactState.CONFIRMED


def test_other_words_need_checks_of_their_own(file: QueueFile) -> None:
    incident = an_incident(file)
    fact = a_fact(file, incident, *CONFIRMING)
    file.write(
        lambda tx: facts.save(tx, incident.id, file.ann, fact_id=fact, claim="Down since 13:00.")
    )
    assert state(file, fact) is FactState.OPEN
    assert file.read(facts.read, fact).checks == ()
    file.write(lambda tx: facts.check(tx, fact, *CONFIRMING[0], file.ann))
    assert file.read(facts.read, fact).tally.n_yes == 1


def test_a_first_answer_keeps_the_checks(file: QueueFile) -> None:
    incident = an_incident(file)
    fact = a_fact(file, incident, *CONFIRMING, claim="")
    file.write(lambda tx: facts.save(tx, incident.id, file.ann, fact_id=fact, claim="It is down."))
    assert state(file, fact) is FactState.CONFIRMED


def test_what_a_person_called_false_stays_so_whatever_is_checked(file: QueueFile) -> None:
    incident = an_incident(file)
    fact = a_fact(file, incident, *CONFIRMING, claim="")
    file.write(
        lambda tx: facts.save(tx, incident.id, file.ann, fact_id=fact, state="false")
    )  # fmt: skip
    file.write(lambda tx: facts.check(tx, fact, "authority", "police", "yes", file.ann))
    assert state(file, fact) is FactState.FALSE


def test_a_worse_severity_asks_for_more_checks(file: QueueFile) -> None:
    incident = an_incident(file, severity=Severity.SEV2)
    fact = a_fact(file, incident, *CONFIRMING[:2])
    assert state(file, fact) is FactState.CONFIRMED
    file.write(
        lambda tx: incident_moves.change(
            tx, incident, "severity_changed", file.ann, {}, severity=Severity.SEV1
        )
    )
    assert state(file, fact) is FactState.OPEN  # at once, whoever counts later
    moved = file.write(lambda tx: facts.recount(tx, incident.id, file.ann))
    assert [(one.fact_id, one.state) for one in moved] == [(fact, FactState.OPEN)]


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"gate": "never"}, CommandFault.BAD_INPUT),
        ({"state": "confirmed"}, CommandFault.BAD_INPUT),
        ({"question": " "}, CommandFault.EMPTY),
        ({"fact_id": 99}, CommandFault.NOT_FOUND),
    ],
)
def test_a_fact_nobody_can_read_is_refused(
    file: QueueFile, values: dict[str, Any], fault: CommandFault
) -> None:
    incident = an_incident(file)
    with pytest.raises(CommandError) as refused:
        file.write(
            lambda tx: facts.save(tx, incident.id, file.ann, **({"question": "Why?"} | values))
        )
    assert refused.value.fault is fault


def test_a_check_names_its_source(file: QueueFile) -> None:
    fact = a_fact(file, an_incident(file))
    with pytest.raises(CommandError) as refused:
        file.write(lambda tx: facts.check(tx, fact, "seen", " . ", "yes", file.ann))
    assert refused.value.fault is CommandFault.EMPTY
