"""Words stay as long as a person set, and no longer; what is ours and what is open stays."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from socialdesk.domain import keep
from socialdesk.domain.errors import CommandError
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.commands import AddLabel, AddNote, SaveDraft, SendReply, SetSetting
from socialdesk.engine.commands.owning import ListKeeps, SetKeep
from socialdesk.engine.queries import CountViews, ListMentions, ReadDetail, ReadJournal
from socialdesk.engine.queries.owning import WeighKeep
from socialdesk.networks.base import Keep
from socialdesk.store.mentions import lapses, textindex
from tests.engine.pond import Pond, PondDesk, PondNetwork, pond_desk

DAY_S, HOUR_S = 86_400.0, 3600.0


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[PondDesk]:
    made = pond_desk(tmp_path, PondNetwork(Pond()))
    yield made
    made.desk.close()


def ids(pond: PondDesk, search: str = "") -> list[int]:
    return list(pond.desk.ask(ListMentions(View.ALL, search, Order.NEWEST)).result().ids)


def arrive(pond: PondDesk, words: str) -> int:
    """Its id, once a poll brought it; polls come with jitter."""
    before = len(ids(pond))
    pond.pond.add(words, pond.at())
    for _ in range(4):
        pond.turn(400)
        if len(ids(pond)) > before:
            break
    return ids(pond)[0]


def body(pond: PondDesk, mention: int) -> str:
    detail = pond.desk.ask(ReadDetail(mention)).result()
    assert detail is not None
    return detail.body


def let_run(pond: PondDesk) -> None:
    """An hour passes; slices follow each other at once."""
    pond.turn(HOUR_S)
    pond.turn(0, times=10)


def test_words_go_after_the_time_set_and_our_own_stay(pond) -> None:
    old = arrive(pond, "zanzibar kettle")
    pond.desk.do(AddNote(old, "she is right")).result()
    pond.desk.do(AddLabel((old,), "press")).result()
    before = pond.desk.ask(CountViews()).result()
    pond.desk.do(SetKeep(pond.account_id, "1")).result()
    pond.turn(29 * DAY_S)
    assert body(pond, old) == "zanzibar kettle"
    young = arrive(pond, "zanzibar spoon")
    pond.turn(1.01 * DAY_S, times=2)
    let_run(pond)
    assert (body(pond, old), body(pond, young)) == ("", "zanzibar spoon")
    assert ids(pond, "zanzibar") == [young]
    assert ids(pond, "label:press") == [old]
    assert ids(pond, '"she is right"') == [old]
    after = {b.key: b.n for b in pond.desk.ask(CountViews()).result()}
    assert after["all"] == {b.key: b.n for b in before}["all"] + 1
    (entry,) = pond.desk.ask(ReadJournal(kind="words_removed")).result()
    assert '"n":1' in entry.data and "zanzibar" not in entry.data


def test_the_workspace_says_for_accounts_that_say_nothing(pond) -> None:
    mention = arrive(pond, "zanzibar")
    pond.desk.do(SetKeep(0, "3")).result()
    pond.desk.do(SetKeep(pond.account_id, keep.FOR_EVER)).result()
    pond.turn(100 * DAY_S)
    let_run(pond)
    assert body(pond, mention) == "zanzibar"
    pond.desk.do(SetKeep(pond.account_id, keep.AS_OTHERS)).result()
    pond.desk.do(SetKeep(0, "3")).result()  # answered after the first was announced
    pond.turn(0, times=3)  # at once: nobody waits for the hour
    assert body(pond, mention) == ""


def test_the_stricter_of_terms_and_setting_wins(tmp_path) -> None:
    for hours, choice, days in ((24 * 10, "12", 11), (24 * 300, "1", 31)):
        folder = tmp_path / choice
        folder.mkdir()
        pond = pond_desk(folder, PondNetwork(Pond(), keep=Keep(hours=hours)))
        mention = arrive(pond, "zanzibar")
        pond.desk.do(SetKeep(pond.account_id, choice)).result()
        pond.pond.posts = []  # nothing confirms it any more
        pond.turn((days - 2) * DAY_S)
        let_run(pond)
        assert body(pond, mention) == "zanzibar"
        pond.turn(3 * DAY_S)
        let_run(pond)
        assert body(pond, mention) == ""
        listed = pond.desk.do(ListKeeps()).result().answer
        assert listed["accounts"] == [[pond.account_id, "pond", "pond_shop", choice, hours]]
        pond.desk.close()


def test_what_waits_in_the_outbox_keeps_its_words_until_it_is_settled(pond) -> None:
    mention = arrive(pond, "zanzibar")
    pond.desk.do(SetSetting("sender", "off")).result()
    pond.desk.do(SendReply(mention, "We look into it.", is_sure=True)).result()
    pond.desk.do(SetKeep(pond.account_id, "1")).result()
    weighed = pond.desk.ask(WeighKeep(pond.account_id, "1")).result()
    assert (weighed.n_mentions, weighed.n_held) == (0, 0)
    pond.turn(40 * DAY_S)
    let_run(pond)
    assert body(pond, mention) == "zanzibar"
    weighed = pond.desk.ask(WeighKeep(pond.account_id, "1")).result()
    assert (weighed.n_mentions, weighed.n_held) == (0, 1)


def test_a_draft_of_today_holds_the_words_and_an_old_one_goes_with_them(pond) -> None:
    mention = arrive(pond, "zanzibar")
    pond.desk.do(SetKeep(pond.account_id, "1")).result()
    pond.turn(29.9 * DAY_S)
    pond.desk.do(SaveDraft(mention, "Dear Duck")).result()
    pond.turn(0.5 * DAY_S)
    let_run(pond)
    assert body(pond, mention) == "zanzibar"
    pond.turn(1 * DAY_S)
    let_run(pond)
    detail = pond.desk.ask(ReadDetail(mention)).result()
    assert detail is not None and detail.body == "" and detail.draft is None


def test_a_preview_tells_what_the_run_then_takes(pond) -> None:
    for n in range(7):
        arrive(pond, f"zanzibar {n}")
    pond.turn(31 * DAY_S)
    arrive(pond, "zanzibar new")
    assert pond.desk.ask(WeighKeep(0, "1")).result().n_mentions == 7
    assert pond.desk.ask(WeighKeep(pond.account_id, keep.FOR_EVER)).result().n_mentions == 0
    pond.desk.do(SetKeep(0, "1")).result()
    let_run(pond)
    assert len(ids(pond, "zanzibar")) == 1
    assert pond.desk.ask(WeighKeep(0, "1")).result().n_mentions == 0


def test_weekly_pages_past_the_time_go_too(pond) -> None:
    arrive(pond, "zanzibar")
    reports = pond.desk.backups.parent / "reports"
    reports.mkdir()
    for name, age_days in (("week-2026-W01.html", 40), ("week-2026-W45.html", 3)):
        (reports / name).write_text("they said")
        at = pond.clock.now / 1000 - age_days * DAY_S
        os.utime(reports / name, (at, at))
    pond.desk.do(SetKeep(0, "1")).result()
    let_run(pond)
    assert [page.name for page in reports.iterdir()] == ["week-2026-W45.html"]


@pytest.mark.parametrize(("account", "choice"), [(0, ""), (0, "2"), (1, "x"), (99, "1")])
def test_what_cannot_be_set_is_refused(pond, account, choice) -> None:
    with pytest.raises(CommandError):
        pond.desk.do(SetKeep(account, choice)).result()


def test_a_value_nobody_knows_keeps_for_ever() -> None:
    assert keep.days_of({"keep.default": "1"}, 5) == 30
    assert keep.days_of({"keep.default": "7 weeks"}, 5) == 0
    assert keep.days_of({"keep.5": "junk", "keep.default": "6"}, 5) == 182
    assert keep.limits({"keep.default": "1", "keep.5": "forever"}, [5, 6]) == {6: 30}


def test_a_prolific_author_costs_a_slice_no_more_than_the_slice(pond, monkeypatch) -> None:
    """A feed's articles are of one author: 400 went at once, in two slices."""
    indexed: list[int] = []
    real = textindex.reindexed

    def counted(tx, ids):
        indexed.append(len(list(ids)))
        return real(tx, ids)

    for n in range(410):
        pond.pond.add(f"zanzibar {n}", pond.at())
        pond.pond.posts[-1] = replace(pond.pond.posts[-1], author=Author("feed", "feed", "Feed"))
    pond.turn(400)
    pond.turn(31 * DAY_S)
    pond.pond.add("zanzibar new", pond.at())
    pond.pond.posts[-1] = replace(pond.pond.posts[-1], author=Author("feed", "feed", "Feed"))
    pond.turn(400)
    monkeypatch.setattr(lapses, "reindexed", counted)
    pond.desk.do(SetKeep(0, "1")).result()
    let_run(pond)
    assert indexed == [200, 200, 10]
    assert len(ids(pond, "zanzibar")) == 1
    assert len(ids(pond, "from:feed")) == 411  # the name stays while it has words
    pond.turn(31 * DAY_S)
    let_run(pond)
    assert indexed[-1] == 411 and ids(pond, "from:feed") == []
