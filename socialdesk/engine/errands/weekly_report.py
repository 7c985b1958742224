"""The owner's page: on Monday morning the week before, on one page in plain words.

The folder tells which weeks have been written (as it does for backups), so a week is written once,
also when the program slept on Monday; a failed try is made again in an hour.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Final

from socialdesk.domain.figures import Figures, Report
from socialdesk.domain.times.period import Period, local, week_of
from socialdesk.engine.desk import Notice
from socialdesk.engine.errands.reports import ReportErrands
from socialdesk.engine.kit import Kit
from socialdesk.engine.reports import html
from socialdesk.engine.reports.sections import glance, moods, period_of, report_of, volume
from socialdesk.engine.reports.terms import read_terms
from socialdesk.engine.settings import value_of
from socialdesk.engine.whole_files import whole_text
from socialdesk.engine.words import dates
from socialdesk.i18n import tr
from socialdesk.places import private_folder
from socialdesk.store.figures import figure_groups

MORNING: Final = time(8)
LOOK_EVERY_S: Final = 600.0
HOUR_MS: Final = 3_600_000
OWN_TURN: Final = -1  # no account has this number

log = logging.getLogger(__name__)


class Weekly:
    """A part of the clockwork. `tell`: what announces the page; `settings`: those in force."""

    def __init__(
        self,
        kit: Kit,
        folder: Path,
        settings: Callable[[], Mapping[str, str]],
        tell: Callable[[Notice], None],
    ) -> None:
        self._kit, self._folder, self._settings, self._tell = kit, folder, settings, tell
        self._not_before = 0

    def after_jump(self) -> None:
        """Monday may have come."""
        self._not_before = 0

    def step(self) -> float:
        """Write the week that is due; seconds until the next look."""
        now = self._kit.clock.now_ms()
        if value_of(self._settings(), "weekly_report") != "on" or now < self._not_before:
            return LOOK_EVERY_S
        week = self._due(now)
        if week is not None and self._kit.turns.take(OWN_TURN):
            self._not_before = now + HOUR_MS
            self._kit.pool.submit(self._write, week)
        return LOOK_EVERY_S

    def _due(self, now: int) -> Period | None:
        """The week before this one, when it is past Monday morning and not written yet."""
        with self._kit.readers.connection() as conn:
            zone = read_terms(conn, now).zone
            since = figure_groups.watched_since(conn)
        week = week_of(local(now, zone).date()).step(-1)
        end = week.span(zone)[1]
        monday = datetime.combine(local(end, zone).date(), MORNING, zone).timestamp() * 1000
        is_due = now >= monday and 0 < since < end
        return week if is_due and not self._page_of(week).exists() else None

    def _page_of(self, week: Period) -> Path:
        return self._folder / f"week-{week.spec}.html"

    def _write(self, week: Period) -> None:
        try:
            figures = ReportErrands(self._kit).count(week.spec, for_file=True)
            private_folder(self._folder)
            with whole_text(self._page_of(week)) as file:
                file.write(html.page(weekly_of(figures), figures, is_short=True))
            text = tr("The page about last week is written. {line}", line=first_line(figures))
            self._tell(Notice("weekly_report", {"text": text, "file": str(self._page_of(week))}))
        except Exception:
            log.warning("the weekly page was not written; next try in an hour", exc_info=True)
        finally:
            self._kit.turns.give_back(OWN_TURN)
            self._kit.done()


def weekly_of(figures: Figures) -> Report:
    """What fits on one page: the sentences, the large numbers, the days, the mood."""
    whole = report_of(figures)
    name = dates.name_of(period_of(figures))
    sections = (glance(figures), volume(figures), moods(figures))
    plain = tuple(replace(section, how="") for section in sections)
    return Report(tr("Your week: {period}", period=name), whole.subtitle, whole.lines, plain)


def first_line(figures: Figures) -> str:
    """The sentence a notice has room for."""
    lines = report_of(figures).lines
    return lines[1] if len(lines) > 1 else lines[0]
