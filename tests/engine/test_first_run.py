"""The first steps in the file: how far they are, and a pack approved as it was shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.first_run import FirstRun, FirstStep, Stand
from socialdesk.domain.replies.template import TemplateState
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import AddAccount, SaveTemplate, SetSetting
from socialdesk.engine.commands.first_run import AdoptPack, KeepFirstRun
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ListTemplates, ReadJournal
from socialdesk.engine.queries.first_run import FirstRunRow, ListPacks, PackOffer, ReadFirstRun
from socialdesk.networks import http, registry
from socialdesk.practice import brand
from tests.engine.conftest import Bench
from tests.fakes import HandClock


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[InlineDesk]:
    """A workspace nobody has used."""
    outside = Outside(
        registry.networks(), http.session, lambda _: NoKeyring(brand.account_secret())
    )
    made = InlineDesk(tmp_path / "workspace.db", tmp_path / "backups", HandClock(), outside)
    yield made
    made.close()


def read(desk: InlineDesk) -> FirstRunRow:
    return desk.ask(ReadFirstRun()).result()


def starter(desk: InlineDesk) -> PackOffer:
    return next(p for p in desk.ask(ListPacks()).result() if p.name == "starter")


def states(desk: InlineDesk) -> dict[str, TemplateState]:
    found = desk.ask(ListTemplates()).result()
    return {v.hash: v.state for template in found for v in template.versions}


def test_a_new_workspace_has_begun_nothing(desk: InlineDesk) -> None:
    assert read(desk) == FirstRunRow(None, True, 0, "")


def test_a_workspace_with_an_account_is_not_new(bench: Bench) -> None:
    row = read(bench.desk)
    assert (row.is_new, row.n_accounts) == (False, 1)


def test_how_far_somebody_came_is_kept_and_is_no_decision(desk: InlineDesk) -> None:
    state = FirstRun(FirstStep.PACK, frozenset({FirstStep.WORDS}), Stand.LATER)
    n_entries = len(desk.ask(ReadJournal()).result())
    desk.do(KeepFirstRun(state.packed())).result()
    assert read(desk).kept == state
    assert len(desk.ask(ReadJournal()).result()) == n_entries


def test_nonsense_is_refused_and_changes_nothing(desk: InlineDesk) -> None:
    with pytest.raises(CommandError) as refused:
        desk.do(KeepFirstRun("at=moon")).result()
    assert refused.value.fault is CommandFault.BAD_INPUT
    assert read(desk).kept is None


def test_brand_words_are_kept_for_the_watches_to_come(desk: InlineDesk) -> None:
    desk.do(SetSetting("brand_words", "Dala Coffee\n-jobs")).result()
    assert read(desk).brand_words == "Dala Coffee\n-jobs"


def test_the_practice_brands_own_pack_is_not_offered(desk: InlineDesk) -> None:
    names = [pack.name for pack in desk.ask(ListPacks()).result()]
    assert names[0] == "starter" and "reviews" in names and "bakery" not in names


def test_the_texts_that_were_shown_are_approved_and_the_others_are_not(desk: InlineDesk) -> None:
    texts = starter(desk).texts
    english = tuple(t.digest for t in texts if t.lang == "en")
    done = desk.do(AdoptPack("starter", english)).result()
    assert done.answer["n_approved"] == len(english)
    kept = states(desk)
    assert {t.digest for t in texts} == set(kept)
    assert {h for h, state in kept.items() if state is TemplateState.APPROVED} == set(english)
    assert {t.digest for t in starter(desk).texts if t.is_approved} == set(english)


def test_a_pack_taken_over_twice_approves_nothing_anew(desk: InlineDesk) -> None:
    hashes = tuple(t.digest for t in starter(desk).texts)
    desk.do(AdoptPack("starter", hashes)).result()
    n_entries = len(desk.ask(ReadJournal(1000)).result())
    assert desk.do(AdoptPack("starter", hashes)).result().answer["n_approved"] == 0
    assert len(desk.ask(ReadJournal(1000)).result()) == n_entries


def test_a_template_of_that_name_with_other_words_gets_no_approval(desk: InlineDesk) -> None:
    first = next(t for t in starter(desk).texts if t.lang == "en")
    desk.do(SaveTemplate(first.template, "Other words", "en")).result()
    desk.do(AdoptPack("starter", (first.digest,))).result()
    assert first.digest not in states(desk)
    assert TemplateState.APPROVED not in states(desk).values()


def test_in_a_pair_the_writer_cannot_approve_and_nothing_is_installed(desk: InlineDesk) -> None:
    desk.do(SetSetting("team_mode", "pair")).result()
    with pytest.raises(CommandError) as refused:
        desk.do(AdoptPack("starter", tuple(t.digest for t in starter(desk).texts))).result()
    assert refused.value.fault is CommandFault.SAME_PERSON
    assert states(desk) == {}


def test_the_account_of_a_first_source_ends_the_being_new(bench: Bench) -> None:
    fields = tuple(brand.account_fields().items())
    bench.desk.do(AddAccount("mastodon", fields)).result()
    assert not read(bench.desk).is_new
