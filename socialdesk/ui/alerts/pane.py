"""One alert: its numbers, what drives it, who carries it, the rule, and what can be done."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSizePolicy, QWidget

from socialdesk.domain.crisis.alert import Alert, Driver, Explanation, Level, Reacher
from socialdesk.domain.crisis.incident import DismissReason, Incident
from socialdesk.engine.words import alerts as alert_words
from socialdesk.i18n import tr, trn
from socialdesk.ui.alerts.chart import BarsChart
from socialdesk.ui.compose.parts import clear, column, label, push, row
from socialdesk.ui.crisis.words import dismiss_word, name_of, state_word
from socialdesk.ui.plain import chip, isolated
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.words import count, moment

TONES = {Level.WATCH: "warn", Level.ALERT: "danger", Level.CRISIS: "danger", Level.CALM: "plain"}


class AlertPane(ScrollArea):
    """`mention_asked(id)`: show it. `mentions_asked(explanation)`: all it counted.
    `search_asked(text)`: the same in the inbox. `declare_asked`, `dismiss_asked(reason)` (""
    where an incident asks by its own sheet) and `link_asked(incident_id)`: of the alert shown."""

    mention_asked = Signal(object)
    mentions_asked = Signal(object)
    search_asked = Signal(str)
    declare_asked = Signal()
    dismiss_asked = Signal(str)
    link_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._shown: tuple[Explanation, int] | None = None
        self._incidents: Sequence[Incident] = ()
        self._make()

    @property
    def alert(self) -> Alert | None:
        return self._shown[0].alert if self._shown else None

    @property
    def explanation(self) -> Explanation | None:
        return self._shown[0] if self._shown else None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._chart.update()

    def _make(self) -> None:
        self._title = label(tone="title")
        self._chips = row(space=6)
        self._summary = label(tone="strong")
        self._proposed = label(tone="danger")
        self.declare = push(tr("Declare…"), self.declare_asked.emit, kind="primary",
                            icon="triangle-alert")  # fmt: skip
        self.link = push(tr("Link to an incident…"), self._choose_incident)
        self.dismiss = push(tr("Dismiss…"), self._choose_reason)
        self.mentions = push(tr("Show the mentions"), self._ask_mentions, icon="layers")
        self.search = push(tr("Open in the inbox"), self._ask_search, kind="quiet")
        self._chart = BarsChart()
        self._legend = label(tr("Per 15 minutes; the dashed line is the usual number."), "dim")
        self._drivers, self._authors = column(space=2), column(space=2)
        self._rule = label(tone="dim")
        self._drivers_head = label(tr("What is new against the week before"), "strong")
        self._authors_head = label(tr("Who carries it"), "strong")
        inside = QWidget()
        inside.setLayout(column(
            self._chips, self._title, self._summary, self._proposed,
            row(self.declare, self.link, self.dismiss, None),
            row(self.mentions, self.search, None), self._chart, self._legend,
            self._drivers_head, self._drivers, self._authors_head, self._authors,
            label(tr("The rule"), "strong"), self._rule, None, space=8, margin=16,
        ))  # fmt: skip
        self.setWidget(inside)

    # --- showing ---

    def show_alert(self, explanation: Explanation, now: int) -> None:
        """`now`: ms UTC."""
        self._shown = explanation, now
        alert = explanation.alert
        self._title.setText(
            alert_words.title(alert.kind, alert.series, isolated(explanation.subject))
        )
        self._show_chips(explanation, now)
        self._summary.setText(isolated(alert_words.summary(explanation)))
        self._proposed.setText(alert_words.severity(alert))
        self._proposed.setVisible(bool(self._proposed.text()))
        self._chart.show_bars(explanation.bars)
        self._show_drivers(explanation.drivers)
        self._show_authors(explanation.authors)
        self._rule.setText(alert_words.rule(alert))
        self._show_acts(explanation)

    def show_incidents(self, incidents: Sequence[Incident]) -> None:
        """The open ones, to link to."""
        self._incidents = incidents
        if self._shown:
            self._show_acts(self._shown[0])

    def _show_chips(self, explanation: Explanation, now: int) -> None:
        clear(self._chips)
        alert = explanation.alert
        add = self._chips.addWidget
        add(chip(alert_words.level_word(alert.level), TONES[alert.level]))
        add(chip(moment(alert.at, now)))
        add(chip(tr("still so") if alert.is_open else tr("over")))
        if explanation.incident:
            state = state_word_of(explanation.incident_state)
            add(chip(tr("{code}: {state}", code=explanation.incident, state=state), "accent"))
        self._chips.addStretch(1)

    def _show_drivers(self, drivers: Sequence[Driver]) -> None:
        clear(self._drivers)
        for driver in drivers:
            told = trn("“{phrase}”: in {n} mention, {before} in the week before",
                       "“{phrase}”: in {n} mentions, {before} in the week before", driver.n,
                       phrase=driver.phrase, before=count(driver.n_before))  # fmt: skip
            self._drivers.addWidget(self._mention_button(told, driver.mention_id))
        if not drivers:
            self._drivers.addWidget(label(tr("No phrase stands out."), "dim"))

    def _show_authors(self, authors: Sequence[Reacher]) -> None:
        clear(self._authors)
        for author in authors:
            reach = (
                trn("{n} follower", "{n} followers", author.reach)
                if author.reach >= 0
                else tr("reach unknown")
            )
            posts = trn("{n} mention", "{n} mentions", author.n)
            told = tr("{name}: {reach}, {posts}", name=isolated(author.name), reach=reach,
                      posts=posts)  # fmt: skip
            self._authors.addWidget(self._mention_button(told, author.mention_id))
        if not authors:
            self._authors.addWidget(label(tr("The mentions are not stored any more."), "dim"))

    def _mention_button(self, text: str, mention_id: int) -> QPushButton:
        made = QPushButton(text.replace("&", "&&"))
        made.setProperty("kind", "link")
        made.setAutoDefault(False)
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        made.setAccessibleName(text)
        made.setToolTip(tr("Show a mention"))
        made.clicked.connect(partial(self.mention_asked.emit, mention_id))
        return made

    def _show_acts(self, explanation: Explanation) -> None:
        """A person decides about what is open and not led yet."""
        is_undecided = explanation.incident_state in ("", "suspected")
        can_decide = explanation.alert.is_open and is_undecided
        self.declare.setVisible(can_decide or explanation.incident_state == "suspected")
        self.dismiss.setVisible(can_decide or explanation.incident_state == "suspected")
        others = [i for i in self._incidents if i.id != explanation.alert.incident_id]
        self.link.setVisible(can_decide and bool(others))
        self.mentions.setEnabled(bool(explanation.mentions))
        self.search.setEnabled(bool(explanation.search))

    # --- asking ---

    def _ask_mentions(self) -> None:
        if self._shown:
            self.mentions_asked.emit(self._shown[0])

    def _ask_search(self) -> None:
        if self._shown:
            self.search_asked.emit(self._shown[0].search)

    def _choose_reason(self) -> None:
        """A suspected incident asks by its own sheet, which knows of safety reports."""
        if self._shown and self._shown[0].incident_state == "suspected":
            self.dismiss_asked.emit("")
            return
        self.reasons().popup(self.dismiss.mapToGlobal(self.dismiss.rect().bottomLeft()))

    def reasons(self) -> QMenu:
        """Why it is none, to choose from."""
        menu = QMenu(self.dismiss)
        for reason in DismissReason:
            act = menu.addAction(dismiss_word(reason))
            act.triggered.connect(partial(self.dismiss_asked.emit, reason.value))
        return menu

    def _choose_incident(self) -> None:
        self.targets().popup(self.link.mapToGlobal(self.link.rect().bottomLeft()))

    def targets(self) -> QMenu:
        """The open incidents, to link to."""
        menu = QMenu(self.link)
        for incident in self._incidents:
            named = tr("{code}: {title}", code=incident.code, title=name_of(incident))
            act = menu.addAction(named.replace("&", "&&"))
            act.triggered.connect(partial(self.link_asked.emit, incident.id))
        return menu


def state_word_of(state: str) -> str:
    """As a person says it."""
    from socialdesk.domain.crisis.incident import IncidentState

    return state_word(IncidentState(state))
