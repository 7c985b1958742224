"""A practice brand with something in every room, so that every screen has words to show."""

from pathlib import Path
from typing import Any

import requests

from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import (
    AddLabel,
    AddNote,
    SaveView,
    SendReply,
    SetPriority,
    SetStatus,
    Snooze,
)
from socialdesk.engine.commands.contacts import SaveContact
from socialdesk.engine.commands.crisis import AddLogNote, Declare, LinkMentions
from socialdesk.engine.commands.every import Command
from socialdesk.engine.commands.faq import SaveFaq
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.practice.begin import set_up
from socialdesk.engine.queries import ListMentions
from socialdesk.networks import http, registry
from socialdesk.places import resource
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.brand import account_secret
from socialdesk.practice.content import load_content
from socialdesk.practice.session import mount
from tests.fakes import HandClock

HOUR = 3_600_000
TURNS, TURN_S = 40, 15  # ten minutes of mentions


class World:
    """A real engine in this process, on the practice network, under a clock moved by hand."""

    def __init__(self, home: Path) -> None:
        self.clock, self.database = HandClock(), home / "workspace.db"
        content = load_content(resource("practice"))
        self._network = PracticeAdapter(home / "practice.jsonl", content, now_ms=self.clock.now_ms)
        networks = dict(registry.networks())
        outside = Outside(networks, self._session, lambda _: NoKeyring(account_secret()), pace=0.05)
        self.desk = InlineDesk(self.database, home / "backups", self.clock, outside)
        set_up(self.desk)
        for _ in range(TURNS):
            self.clock.advance(TURN_S)
            self.desk.clockwork.turn()
            self.desk.settle()
        self._fill()

    def close(self) -> None:
        self.desk.close()
        self._network.shut_down()

    def do(self, command: Command) -> dict[str, Any]:
        return dict(self.desk.do(command).result(timeout=20).answer or {})

    def _session(self) -> requests.Session:
        made = http.session()
        mount(made, self._network)
        return made

    def _fill(self) -> None:
        listing = self.desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result()
        ids = [int(i) for i in listing.ids[:12]]
        now = self.clock.now_ms()
        self.do(AddLabel((ids[0], ids[1]), "delivery"))
        self.do(AddNote(ids[0], "The courier has it."))
        self.do(SetPriority((ids[0],), 1))
        self.do(Snooze((ids[2],), now + 3 * HOUR))
        self.do(SetStatus((ids[3],), status=4, disposition=2))
        self.do(SendReply(ids[4], "Thank you, we are looking into it.", is_sure=True))
        self.do(SaveView("Late delivery", "label:delivery"))
        self.do(SaveContact("Ann Marsh", org="Pond Bakers", channel="ann@pond.example"))
        self.do(SaveFaq("When do you open?", "At eight.", "en"))
        incident = self.do(Declare("Tills are down", "outage", 2, commander=1))["incident_id"]
        self.do(LinkMentions(incident, (ids[0], ids[5])))
        self.do(AddLogNote(incident, "Seen on two phones."))
