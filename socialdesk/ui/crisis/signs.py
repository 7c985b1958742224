"""What the whole window shows and does of incidents: its bar, its title, its acts."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.crisis.banner import DECLARE, DISMISS, Banner
from socialdesk.ui.crisis.words import title_note
from socialdesk.ui.plain import one_line
from socialdesk.ui.tasks import Waiter

if TYPE_CHECKING:
    from socialdesk.domain.queue.rows import PersonRow
    from socialdesk.engine.commands import Command
    from socialdesk.ui.shell import Shell

ROOM: Final = "incident"
BELOW_STATE: Final = 1  # place of the bar in the window: under the one about the engine


class CrisisSigns(QObject):
    """A child of `window`. `note`: for titles and the tray, "" = nothing is open. `changed()`: the
    note is another one."""

    changed = Signal()

    def __init__(self, window: "Shell") -> None:
        super().__init__(window)
        self._window, self._desk = window, window.screens.desk
        self._now = window.screens.now
        self.note = ""
        place = window.centralWidget() or window
        self.banner = Banner(self._desk, self._now, place)
        self.banner.asked.connect(self.act)
        self.banner.watch.changed.connect(self._tell)
        self.banner.watch.ticked.connect(self._tell)
        window.views.crisis_asked.connect(self._on_crisis_asked)
        layout = place.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(BELOW_STATE, self.banner)

    # --- what is open ---

    def translate(self) -> None:
        """The note in the language in use, and not at the next minute."""
        self._tell()

    def _tell(self) -> None:
        note = title_note(self.banner.watch.standings, self._now())
        if note != self.note:
            self.note = note
            self.changed.emit()

    @property
    def _suspected_id(self) -> int:
        """The worst suspected one, 0 = none."""
        found = (s.incident for s in self.banner.watch.standings)
        return next((i.id for i in found if i.state.value == "suspected"), 0)

    def is_open(self) -> bool:
        return bool(self.banner.watch.standings)

    def is_suspected(self) -> bool:
        return bool(self._suspected_id)

    # --- acts ---

    def act(self, act: str, incident_id: int) -> None:
        """Of `banner.ACTS`."""
        if act == DECLARE:
            self.declare(incident_id)
        elif act == DISMISS:
            self.dismiss(incident_id)
        else:
            self.show_incident(incident_id)

    def _on_crisis_asked(self) -> None:
        """The button below the views: the room of what is open, else the sheet that declares."""
        if self.is_open():
            self.show_incident()
        else:
            self.declare()

    def show_incident(self, incident_id: int = 0) -> None:
        """Its room; 0 = the worst that is open."""
        self._window.show_place(ROOM)
        show = getattr(self._window.screens.currentWidget(), "show_incident", None)
        if incident_id and show is not None:
            show(incident_id)

    def declare(self, incident_id: int = 0) -> None:
        """The sheet; a suspected incident becomes the declared one."""
        from socialdesk.ui.crisis.declare import open_declare

        chosen = incident_id or self._suspected_id
        open_declare(self._desk, self._window, self._on_declared, chosen)

    def _on_declared(self, answer: dict[str, Any]) -> None:
        from socialdesk.ui.crisis.declared import show_declared

        self.banner.watch.read()
        self.show_incident(int(answer.get("incident_id") or 0))
        if answer.get("in_flight"):
            show_declared(self._desk, answer, self._window)

    def dismiss(self, incident_id: int = 0) -> None:
        """Ask why it is none."""
        from socialdesk.ui.crisis.ask_sheets import ask_dismiss

        wanted = incident_id or self._suspected_id
        for standing in self.banner.watch.standings:
            if standing.incident.id == wanted:
                ask_dismiss(self._desk, standing.incident, self._window, self.banner.watch.read)

    def suspect(self) -> None:
        """ "Something is wrong", with the mention that is looked at. Never asks, never refuses."""
        from socialdesk.engine.commands.crisis import Suspect

        self._do(Suspect(mentions=self._aimed()), self._on_suspected)

    def link(self) -> None:
        """What is marked, or looked at, belongs to the worst incident that is open."""
        from socialdesk.engine.commands.crisis import LinkMentions

        mentions, standings = self._aimed(), self.banner.watch.standings
        if mentions and standings:
            incident = standings[0].incident
            n = trn(
                "{n} mention linked to {code}.",
                "{n} mentions linked to {code}.",
                len(mentions),
                code=incident.code,
            )
            self._do(LinkMentions(incident.id, mentions), lambda _: self._window.toast.say(n))

    def can_link(self) -> bool:
        return self.is_open() and bool(self._aimed())

    def _aimed(self) -> tuple[int, ...]:
        """Ids of what an act would be about now."""
        acting = self._window.screens.acting_now()
        return tuple(acting.aim().ids) if acting is not None else ()  # fmt: skip

    def _on_suspected(self, done: Any) -> None:
        code = one_line(str(done.answer.get("code", "")))
        look = partial(self.show_incident, int(done.answer.get("incident_id") or 0))
        said = tr("{code}: noted that something is wrong. Nothing is locked.", code=code)
        self._window.toast.say(said, tr("Look…"), look)
        self.banner.watch.read()

    def be_person(self) -> None:
        """ "I am …": who is at the keys from now on."""
        from socialdesk.engine.commands import BePerson
        from socialdesk.ui.crisis.person import ask_who

        def be(person: "PersonRow") -> None:
            said = tr("{name} is at the keys.", name=one_line(person.name))
            self._do(BePerson(person.id), lambda _: self._window.toast.say(said))

        ask_who(self._desk, be, self._on_failed, self._window)

    def _do(self, command: "Command", done: Any) -> None:
        Waiter(self, self._desk.do(command), done, self._on_failed)

    def _on_failed(self, error: SocialDeskError) -> None:
        said = sentence(error)
        self._window.toast.say(" ".join(filter(None, (said.text, said.next_step))))
