"""The owner's page: once a week, on Monday morning, in plain words."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from socialdesk.domain.changes import Area, Changes
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.desk import EngineState, Notice
from socialdesk.engine.inline import InlineDesk
from socialdesk.i18n import set_language
from socialdesk.places import resource
from tests.engine.reports.conftest import OpenDesk, answer_of
from tests.engine.reports.world import World

MONDAY = int(datetime(2026, 11, 23, 8, 30, tzinfo=UTC).timestamp() * 1000)
NIGHT = MONDAY - 8 * 3_600_000


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")


def turn(desk: InlineDesk) -> None:
    """What is due is done to its end."""
    desk.clockwork.turn()
    desk.settle()


def pages(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "reports").glob("*"))


def switched(desk: InlineDesk, value: str = "on") -> list[Notice]:
    """What the desk tells from now on; it has heard of the setting."""
    told: list[Notice] = []
    heard = threading.Event()

    def listen(news: Changes | Notice | EngineState) -> None:
        if isinstance(news, Notice):
            told.append(news)
        elif isinstance(news, Changes) and Area.SETTINGS in news.areas:
            heard.set()

    desk.listen(listen)
    answer_of(desk.do(SetSetting("weekly_report", value)))
    assert heard.wait(10)
    return told


def test_on_monday_the_week_before_is_written_and_told(
    world: World, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(world.queue, MONDAY)
    told = switched(desk)
    turn(desk)
    assert pages(tmp_path) == ["week-2026-W47.html"]
    page = (tmp_path / "reports" / "week-2026-W47.html").read_text(encoding="utf-8")
    assert "You answered" in page and "late delivery" in page
    assert "SELECT" not in page, "one page in plain words"
    [notice] = [n for n in told if n.code == "weekly_report"]
    assert "You answered" in notice.facts["text"]


def test_a_week_is_written_once_also_after_a_restart(
    world: World, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(world.queue, MONDAY)
    told = switched(desk)
    turn(desk)
    desk.close()
    again = open_desk(None, MONDAY + 3_600_000)
    again.listen(lambda news: told.append(news) if isinstance(news, Notice) else None)
    turn(again)
    assert len([n for n in told if n.code == "weekly_report"]) == 1


def test_nothing_is_written_at_night_or_when_it_is_off(
    world: World, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(world.queue, NIGHT)
    switched(desk)
    turn(desk)
    desk.close()
    off = open_desk(None, MONDAY)
    switched(off, "off")
    turn(off)
    assert pages(tmp_path) == []


@pytest.mark.parametrize("code", ["en", "ru", "kk"])
def test_the_page_says_its_language(
    world: World, open_desk: OpenDesk, tmp_path: Path, code: str
) -> None:
    assert resource("i18n").is_dir()
    set_language(code)
    try:
        desk = open_desk(world.queue, MONDAY)
        switched(desk)
        turn(desk)
    finally:
        set_language("en")
    page = (tmp_path / "reports" / "week-2026-W47.html").read_text(encoding="utf-8")
    assert f'<html lang="{code}">' in page
