"""Whatever happens to one network's account, the others go on, and a person can put it right."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from socialdesk.domain.account import AccountState
from socialdesk.engine.commands import AddAccount
from socialdesk.engine.words.messages import fault
from socialdesk.networks.scripted import ScriptedServer
from tests.engine.street import SAMPLES, Street
from tests.networks.samples.sample import Sample
from tests.promises.plugin import Trials

STORM = 40  # times in a row
every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.key)


@pytest.fixture
def street(tmp_path: Path, sample: Sample) -> Iterator[Street]:
    made = Street(tmp_path, sample)
    made.turn(1, times=3)
    assert made.row.watches[0].last_ok_at, made.row.watches[0]
    yield made
    made.desk.close()


def n_asked(server: ScriptedServer) -> int:
    return len(server.asked)


@pytest.mark.promise(22)
@every_sample
def test_a_storm_of_slow_down_asks_rarely_and_others_go_on(
    street: Street, sample: Sample, trials: Trials
) -> None:
    if sample.limited is None:
        pytest.skip("this network never says that")
    street.trouble(sample.limited)
    before = n_asked(street.server)
    for _ in range(STORM):
        street.turn(60)
    asked = n_asked(street.server) - before
    assert asked <= STORM * 8  # the few calls of one try, at most once a minute
    trials.add(asked)
    assert street.row.state is AccountState.ON
    watch = street.row.watches[0]
    assert watch.is_on and watch.fault == "RateLimitedError"
    assert fault(watch.fault).text == "The network asked us to slow down."
    assert street.goes_on_elsewhere()
    street.server.recover()
    street.turn(26 * 3600.0, times=2)  # the longest wait a network may ask for is a day
    assert not street.row.watches[0].fault


@every_sample
def test_a_quota_or_credit_that_ends_says_so_and_others_go_on(
    street: Street, sample: Sample
) -> None:
    if sample.no_credit is None:
        pytest.skip("this network has no such answer")
    street.trouble(sample.no_credit)
    street.turn(3600, times=8)
    assert street.row.state is AccountState.ON
    assert street.row.watches[0].fault in ("RateLimitedError", "RefusedError")
    assert street.goes_on_elsewhere()


@every_sample
def test_a_revoked_sign_in_stops_asking_and_is_mended_in_place(
    street: Street, sample: Sample
) -> None:
    if sample.expired is None:
        pytest.skip("nobody signs in there")
    street.trouble(sample.expired)
    street.turn(3600, times=8)
    assert street.row.state is AccountState.SIGN_IN
    before = n_asked(street.server)
    street.turn(3600, times=5)
    assert n_asked(street.server) == before
    assert street.goes_on_elsewhere()
    street.server.recover()
    if sample.typed:
        fields = tuple(sample.typed.items())
        done = street.desk.do(AddAccount(sample.key, fields, account_id=street.id)).result()
        assert done.answer["account_id"] == street.id
    else:
        assert street.come_back() == street.id
    street.turn(1, times=3)
    assert street.row.state.value == "on"
    assert not street.row.watches[0].fault
