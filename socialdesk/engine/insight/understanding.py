"""The understanding of mentions as one thing for the desk: the step of the intake, the reading of
older ones, the learning."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from socialdesk.analysis.language import DEFAULT_LANGUAGES, OFFERED
from socialdesk.analysis.reading import Reader
from socialdesk.engine.clockwork import TICK_S, Part
from socialdesk.engine.insight.analyst import Analyst
from socialdesk.engine.insight.learning import Learning
from socialdesk.engine.insight.reading_again import ReadingAgain
from socialdesk.engine.kit import Kit
from socialdesk.engine.settings import value_of
from socialdesk.places import resource
from socialdesk.store.file.writer import Priority
from socialdesk.store.insight import insights

NewReader = Callable[[tuple[str, ...]], Reader]
UNDECIDED: Final = 100_000  # mentions that get another score when the words of danger change


@cache
def shipped_reader(languages: tuple[str, ...]) -> Reader:
    """The tables that ship with the program; one in a process, they take 5 MB."""
    from socialdesk.analysis.reader import TableReader  # loaded with the first page, not before

    return TableReader(resource("models"), languages)


def languages_of(text: str) -> tuple[str, ...]:
    """The setting `read_languages`: codes by comma; what is not offered is passed over."""
    chosen = tuple(code for code in (c.strip() for c in text.split(",")) if code in OFFERED)
    return chosen or DEFAULT_LANGUAGES


class Understanding:
    """`settings`: those in force now. `parts`: for the clockwork."""

    def __init__(
        self, kit: Kit, settings: Callable[[], Mapping[str, str]], new_reader: NewReader
    ) -> None:
        self._kit, self._settings = kit, settings
        self.analyst = Analyst(
            kit.readers, kit.clock,
            lambda: new_reader(languages_of(self._value("read_languages"))),
            lambda: self._value("alarm_words"),
        )  # fmt: skip
        self._again = ReadingAgain(kit, self.analyst)
        self._learning = Learning(kit, self.analyst, self._again)
        self.parts: tuple[Part, ...] = (self, self._again, self._learning)
        self._read_with = self._wishes()

    def after_jump(self) -> None:
        """Nothing here waits for a time."""

    def step(self) -> float:
        """The operator's words or languages changed: what is undecided is read with them."""
        wishes = self._wishes()
        if wishes != self._read_with:
            self._read_with = wishes
            self.analyst.forget_reader()
            self._kit.writer.submit(
                lambda tx: insights.forget_version(tx, UNDECIDED), priority=Priority.BACKGROUND
            ).result()
            self._again.look_again()
        return TICK_S

    def _wishes(self) -> tuple[str, ...]:
        return self._value("read_languages"), self._value("alarm_words")

    def _value(self, key: str) -> str:
        return value_of(self._settings(), key)
