"""Scenario 1: what was not claimed when the commander declared is held, all of it, at once.

The race is run for real: the sender claims on its own threads while the declaration comes from
another. 20 trials here, 1,000 in `make soak`.
"""

import random
import threading

import pytest

from socialdesk.domain import id_ranges
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.queries.crisis import ListHeld, ListInFlight
from socialdesk.store.crisis import incident_moves
from socialdesk.store.file.reader import Readers
from tests.crisis.busy import fill_outbox
from tests.crisis.conftest import Shop
from tests.promises.plugin import Trials

N_ROWS = 10_000
N_RACE = 30  # rows of one trial: more than the sender claims before the declaration comes
LONGEST_WAITS = 1_000  # of half a millisecond, until the sender is as far as the dice say
SETTLED = {OutboxState.SENT, OutboxState.UNCERTAIN, OutboxState.HELD}


def fill(shop: Shop, n: int) -> None:
    (mention,) = shop.mentions(1)
    shop.desk._writer.submit(lambda tx: fill_outbox(tx, mention, n)).result(60)


def claims_after(shop: Shop, incident_id: int) -> int:
    """Rows whose claim stands behind the declaration in the journal, and which it had not let."""

    def count(conn) -> int:
        (declared,) = conn.execute(
            "SELECT seq FROM journal WHERE incident = ? AND kind = 'incident_declared'",
            (incident_id,),
        ).fetchone()
        (n,) = conn.execute(
            "SELECT count(*) FROM outbox WHERE claim_seq > ?", (declared,)
        ).fetchone()
        return int(n)

    readers: Readers = shop.desk._readers
    return readers.here(count)


def test_scenario_01_ten_thousand_rows_are_held_in_one_transaction(shop: Shop):
    fill(shop, N_ROWS)
    done = shop.do(shop.declare_command(severity=1))
    incident = done["incident_id"]
    assert (done["n_held"], done["in_flight"]) == (N_ROWS, [])
    assert len(shop.ask(ListHeld(incident))) == 2_000  # what a screen shows
    (declared,) = shop.events("incident_declared", incident)
    assert id_ranges.unpacked(declared["held"]) == list(range(1, N_ROWS + 1))
    shop.later(hours=2)  # their times pass
    assert shop.states() == {OutboxState.HELD: N_ROWS}
    assert claims_after(shop, incident) == 0
    assert shop.posts() == []


def states_after(shop: Shop, outbox_id: int) -> dict[OutboxState, int]:
    """Of the rows of this trial alone."""
    sql = "SELECT state, count(*) FROM outbox WHERE id > ? GROUP BY state"
    rows = shop.desk._readers.here(lambda conn: conn.execute(sql, (outbox_id,)).fetchall())
    return {OutboxState(name): n for name, n in rows}


def last_row(shop: Shop) -> int:
    sql = "SELECT coalesce(max(id), 0) FROM outbox"
    return int(shop.desk._readers.here(lambda conn: conn.execute(sql).fetchone())[0])


def race(shop: Shop, dice: random.Random) -> int:
    """One trial: the sender is at it when the declaration comes. How many went out."""
    first = last_row(shop)
    fill(shop, N_RACE)
    shop.clock.advance(15)  # the seconds of undo are over for some
    going = threading.Event()

    def send() -> None:
        going.set()
        while not stop.is_set():
            shop.desk.clockwork.turn()

    stop = threading.Event()
    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    going.wait(10)
    until = shop.bench.requests.n + dice.randrange(0, 6)
    for _ in range(LONGEST_WAITS):  # a network that asks to wait would be waited for without end
        if shop.bench.requests.n >= until:
            break
        stop.wait(0.0005)
    done = shop.do(shop.declare_command(severity=1))
    stop.set()
    sender.join(30)
    shop.desk.settle()
    shop.pass_s(1)
    incident = done["incident_id"]
    assert claims_after(shop, incident) == 0
    states = states_after(shop, first)
    assert set(states) <= SETTLED
    flights = shop.ask(ListInFlight(incident))
    assert [f.outbox_id for f in flights] == done["in_flight"]
    assert all(OutboxState(f.state) in SETTLED for f in flights)
    end(shop, incident)
    return states.get(OutboxState.SENT, 0)


def run_races(shop: Shop, n: int, seed: int) -> None:
    dice = random.Random(seed)
    n_sent = sum(race(shop, dice) for _ in range(n))
    posts = shop.posts()
    assert len(posts) == len(set(posts)) == n_sent
    assert n_sent > 0


def end(shop: Shop, incident: int) -> None:
    """Out of the way of the next trial: what it holds is discarded, its lock is gone."""

    def write(tx) -> None:
        tx.conn.execute("UPDATE outbox SET state = 'discarded' WHERE state = 'held'")
        found = incident_moves.read(tx.conn, incident)
        tx.conn.execute("UPDATE incident SET state = 'closed' WHERE id = ?", (found.id,))

    shop.desk._writer.submit(write).result(30)


@pytest.mark.timeout(180)
def test_scenario_01_nothing_is_claimed_after_the_declaration(shop: Shop):
    run_races(shop, 20, seed=4)


@pytest.mark.soak
@pytest.mark.promise(3)
@pytest.mark.timeout(7_200)
def test_scenario_01_nothing_is_claimed_in_a_thousand_trials(shop: Shop, trials: Trials):
    run_races(shop, 1_000, seed=5)
    trials.add(1_000)
