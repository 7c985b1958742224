"""The understanding in a running engine: with the page, in the background, learning."""

from pathlib import Path

import pytest
import requests

from socialdesk.analysis.language import OFFERED
from socialdesk.analysis.reading import Reading
from socialdesk.domain.account import Secret
from socialdesk.domain.errors import CommandError, StoreError, StoreFault
from socialdesk.domain.mentions.insight import READABLE, VERSION, Insight, Intent, Sentiment
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import SetPriority, SetSetting, Undo
from socialdesk.engine.commands.insight import (
    ContinueReading,
    CorrectInsight,
    ResetLearning,
    StopReading,
    TakeUpLearning,
)
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.insight.understanding import languages_of
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries.insight import ReadInsight
from socialdesk.engine.queries.learning import ReadLearning
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.insight import insights
from socialdesk.store.mentions.pages import PageToSave, save_page
from tests.fakes import HandClock
from tests.makers import a_mention


class FakeReader:
    """Reads what a test says; the clock moves with every text."""

    def __init__(self, clock: HandClock) -> None:
        self.clock, self.cost_s = clock, 0.0
        self.texts: list[str] = []
        self.breaks_at = "\0"

    def read(self, text: str, hint: str = "") -> Reading:
        self.texts.append(text)
        self.clock.mono += round(self.cost_s * 1000)
        if self.breaks_at in text:
            raise ValueError("a text that breaks the analysis")
        is_late = "late" in text
        return Reading(
            lang="en", n_words=9, p_negative=0.9 if is_late else 0.1, confidence=0.9,
            sentiment=Sentiment.NEGATIVE if is_late else Sentiment.NEUTRAL,
            failure_words=("late",) if is_late else (),
        )  # fmt: skip


def _no_keyring(_: str) -> NoKeyring:
    return NoKeyring(Secret("none"))


class Engine:
    """A real engine without a network; pages are saved as the poller does."""

    def __init__(self, folder: Path, clock: HandClock) -> None:
        self.folder, self.clock = folder, clock
        self.reader = FakeReader(clock)
        self.has_reader = True
        self.open()

    def open(self) -> None:
        outside = Outside({}, requests.Session, _no_keyring, new_reader=self._new)
        self.desk = InlineDesk(self.folder / "w.db", self.folder / "b", self.clock, outside)
        self.analyst = self.desk.understanding.analyst

    def _new(self, languages: tuple[str, ...]) -> FakeReader:
        if not self.has_reader:
            raise OSError("no tables here")
        return self.reader

    def page(self, *bodies: str, n: int | None = None) -> tuple[int, ...]:
        """Fetched, read and saved as one page; the ids of what is new."""
        mentions = [a_mention(body, n=n) for body in bodies]
        return self._save(mentions, self.analyst.prepare("mastodon", mentions))

    def page_unread(self, *bodies: str) -> tuple[int, ...]:
        """As an older program saved it."""
        return self._save([a_mention(body) for body in bodies], lambda tx, saved: None)

    def _save(self, mentions, finish) -> tuple[int, ...]:
        page = PageToSave(
            1, 1, "mastodon", mentions, filing=lambda m: (Status.NEW, Disposition.NONE),
            due_at=lambda m: self.clock.now, finish=finish,
        )  # fmt: skip
        return self.desk._writer.submit(lambda tx: save_page(tx, page)).result().new_ids

    def insight(self, id: int) -> Insight:
        found = self.desk.ask(ReadInsight(id)).result()
        assert found is not None
        return found.insight

    def turn(self, seconds: float = 30.0) -> None:
        """Until nothing is left to do."""
        self.clock.advance(seconds)
        for _ in range(40):  # a slice of older mentions takes one, and rests before the next
            self.clock.advance(0.3)
            self.desk.clockwork.turn()
            self.desk.settle()

    def restart(self) -> None:
        self.desk.close()
        self.open()


@pytest.fixture
def engine(tmp_path):
    made = Engine(tmp_path, HandClock())
    yield made
    made.desk.close()


def state(engine: Engine):
    return engine.desk.ask(ReadLearning()).result().reading


# --- with the page ---


def test_a_fetched_mention_is_understood_when_it_is_first_seen(bench):
    rows = bench.rows()
    assert rows
    assert all(bench.desk.ask(ReadInsight(r.id)).result().insight.version for r in rows)
    assert bench.desk.ask(ReadLearning()).result().reading.n_total == 0


def test_an_edited_mention_is_read_anew(engine):
    (id,) = engine.page("lovely bread", n=5)
    assert engine.insight(id).sentiment is Sentiment.NEUTRAL
    engine.page("late bread", n=5)
    assert engine.insight(id).sentiment is Sentiment.NEGATIVE


def test_a_page_with_copies_names_the_first(engine):
    words = "do not buy the bread here, it is full of chalk, tell everybody"
    first, second = engine.page(words, f"{words} https://pond.example/x")
    assert engine.insight(second).copy_of == first
    engine.restart()
    (third,) = engine.page(f"{words} please")
    assert engine.insight(third).copy_of == first


def test_a_slow_analysis_never_holds_up_a_page(engine):
    engine.reader.cost_s = 0.9
    ids = engine.page(*[f"mention {n}" for n in range(10)])
    assert len(ids) == 10
    assert 1 <= len(engine.reader.texts) <= 4
    engine.reader.cost_s = 0
    engine.turn()
    assert all(engine.insight(id).version == VERSION for id in ids)


def test_without_tables_a_page_is_stored_and_read_when_they_are_there(engine, expect_log):
    expect_log("mentions could not be read")
    engine.has_reader = False
    (id,) = engine.page("late again")
    assert engine.insight(id).version == 0
    engine.turn()
    engine.has_reader = True
    engine.restart()
    engine.turn()
    assert engine.insight(id).sentiment is Sentiment.NEGATIVE


def test_a_text_that_breaks_the_analysis_costs_only_itself(engine, expect_log):
    expect_log("the words of a mention could not be read")
    engine.reader.breaks_at = "odd"
    odd, late = engine.page("an odd text", "late again")
    assert engine.insight(late).sentiment is Sentiment.NEGATIVE
    assert engine.insight(odd).sentiment is Sentiment.NOT_RATED
    engine.turn()
    assert engine.reader.texts.count("an odd text") == 1


def test_a_failure_to_store_it_costs_the_page_nothing(engine, monkeypatch, expect_log):
    expect_log("what was read of mentions could not be stored")

    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(insights, "save", fail)
        (id,) = engine.page("late again")
    assert engine.insight(id).version == 0
    engine.turn()
    assert engine.insight(id).sentiment is Sentiment.NEGATIVE


def test_a_full_disk_while_it_is_stored_takes_the_page_along(engine, monkeypatch):
    """SQLite has taken the transaction back: what comes after must not be written outside one."""

    def full(tx: Transaction, _: object) -> None:
        tx.conn.execute("ROLLBACK")
        raise StoreError(StoreFault.FULL)

    with monkeypatch.context() as patch:
        patch.setattr(insights, "save", full)
        with pytest.raises(StoreError):
            engine.page("late again")
    assert engine.page("late again") != ()


# --- in the background ---


def test_what_an_older_program_stored_is_read_newest_first(engine):
    ids = engine.page_unread(*[f"old {n}" for n in range(450)])
    engine.restart()
    engine.turn()
    assert all(engine.insight(id).version == VERSION for id in (ids[0], ids[-1]))
    first, last = (engine.reader.texts.index(f"old {n}") for n in (0, 449))
    assert last < first
    assert state(engine).n_total == 0


def test_reading_stops_and_goes_on_by_command(engine):
    engine.page_unread("late", "fine")
    engine.desk.do(StopReading()).result()
    engine.restart()
    engine.turn()
    assert (state(engine).n_done, state(engine).n_total, state(engine).is_stopped) == (0, 2, True)
    engine.desk.do(ContinueReading()).result()
    engine.turn()
    assert state(engine).n_total == 0


def test_new_words_of_danger_lift_what_waits(engine):
    (id,) = engine.page("I will call my lawyer")
    assert not engine.insight(id).is_alarming
    engine.desk.do(SetSetting("alarm_words", "lawyer")).result()
    engine.turn()
    assert engine.insight(id).is_alarming
    assert engine.desk.rows([id])[0].is_alarming


# --- corrections and learning ---


def test_a_correction_holds_and_is_undone(engine):
    (id,) = engine.page("late again")
    before = engine.insight(id)
    engine.desk.do(CorrectInsight((id,), "sentiment", "positive")).result()
    engine.desk.do(CorrectInsight((id,), "intent", "press")).result()
    now = engine.insight(id)
    assert (now.sentiment_held, now.intent_held) == (Sentiment.POSITIVE, Intent.PRESS)
    assert engine.desk.rows([id])[0].sentiment is Sentiment.POSITIVE
    engine.desk.do(Undo()).result()
    engine.desk.do(Undo()).result()
    assert engine.insight(id) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [("sentiment", "angry"), ("sentiment", "unsure"), ("intent", "rant"), ("lang", "Klingon"),
     ("mood", "negative"), ("lang", "e")],
)  # fmt: skip
def test_a_correction_that_makes_no_sense_changes_nothing(engine, field, value):
    (id,) = engine.page("late")
    before = engine.insight(id)
    with pytest.raises(CommandError):
        engine.desk.do(CorrectInsight((id,), field, value)).result()
    assert engine.insight(id) == before


def taught(engine: Engine) -> None:
    """The reader takes this shop's jokes for neutral; a person says that they are praise."""
    ids = engine.page(*[f"wicked cake number {n}" for n in range(12)])
    cold = engine.page(*[f"cold tea number {n}" for n in range(12)])
    for a, b in zip(ids, cold, strict=True):
        engine.desk.do(CorrectInsight((a,), "sentiment", "positive")).result()
        engine.desk.do(CorrectInsight((b,), "sentiment", "negative")).result()
        engine.clock.advance(1)
    engine.turn()


def test_it_learns_from_corrections_and_says_how_well_and_by_which_words(engine):
    taught(engine)
    (report,) = engine.desk.ask(ReadLearning()).result().reports
    assert (report.key, report.n, report.is_used) == ("sentiment:en", 24, True)
    assert report.n_right == report.n_held == 6 and report.n_right_before == 0
    words = dict(report.words)
    assert "cold" in words["negative"] and "wicked" in words["positive"]
    (new,) = engine.page("what a wicked cake")
    assert engine.insight(new).sentiment is Sentiment.POSITIVE


def test_what_was_learned_outlives_a_restart(engine):
    taught(engine)
    engine.restart()
    engine.turn(1)
    (new,) = engine.page("a cold tea again")
    assert engine.insight(new).sentiment is Sentiment.NEGATIVE


def learned_at(engine: Engine) -> dict[str, int]:
    return {report.key: report.at for report in engine.desk.ask(ReadLearning()).result().reports}


def test_only_what_has_new_answers_is_learned_anew(engine):
    taught(engine)
    (at,) = learned_at(engine).values()
    raised, corrected = engine.page("a third cake", "a fourth cake")
    engine.desk.do(SetPriority((raised,), 1)).result()
    engine.turn()
    (new,) = engine.page("a cold tea again")
    assert engine.insight(new).sentiment is Sentiment.NEGATIVE
    now = learned_at(engine)
    assert now["sentiment:en"] == at < now["priority"]
    engine.desk.do(CorrectInsight((corrected,), "sentiment", "positive")).result()
    engine.turn()
    assert learned_at(engine)["priority"] == now["priority"] < learned_at(engine)["sentiment:en"]


def test_the_first_answer_after_a_start_has_all_learned(engine):
    taught(engine)
    before = learned_at(engine)
    (raised, late) = engine.page("a third cake", "a fourth cake")
    engine.desk.do(CorrectInsight((late,), "sentiment", "positive")).result()
    engine.restart()  # before it was learned
    engine.turn()
    assert learned_at(engine) == before
    engine.desk.do(SetPriority((raised,), 1)).result()
    engine.turn()
    (report, _) = sorted(engine.desk.ask(ReadLearning()).result().reports, key=lambda r: -r.n)
    assert (report.key, report.n) == ("sentiment:en", 25)


def test_a_reset_forgets_and_can_be_taken_back(engine):
    taught(engine)
    asked = engine.clock.now
    engine.desk.do(ResetLearning()).result()
    engine.turn()
    learning = engine.desk.ask(ReadLearning()).result()
    assert learning.reports == () and learning.since == asked
    (plain,) = engine.page("a cold tea today")
    assert engine.insight(plain).sentiment is Sentiment.NEUTRAL
    engine.desk.do(TakeUpLearning()).result()
    engine.turn()
    assert engine.desk.ask(ReadLearning()).result().reports[0].is_used
    (again,) = engine.page("a cold tea tonight")
    assert engine.insight(again).sentiment is Sentiment.NEGATIVE


def test_languages_are_those_that_can_be_read():
    assert languages_of("kk, xx ,ru") == ("kk", "ru")
    assert languages_of("") == languages_of("klingon") == ("kk", "ru", "en")
    assert READABLE == OFFERED
