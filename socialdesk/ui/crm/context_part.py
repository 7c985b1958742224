"""The CRM beside a thread: cases made of what the author wrote, and their record there.

Nothing is shown where no CRM is connected and none ever had a case.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.people.contact import PersonDetail
from socialdesk.domain.people.crm import CaseRow, CaseState, CrmAccount, CrmPerson, RecordRow
from socialdesk.domain.queue.rows import AuthorCard
from socialdesk.engine.commands.crm import (
    CheckCases,
    ChooseRecord,
    CrmCommand,
    LetLookUp,
    LookUpPerson,
)
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.contacts import ReadPerson
from socialdesk.engine.queries.crm import ListCases, ListCrms, ListRecords
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, clear, column, label, push, row
from socialdesk.ui.crm.case_lines import CaseLines
from socialdesk.ui.crm.draft import person_of
from socialdesk.ui.crm.record_lines import RecordLines
from socialdesk.ui.tasks import Latest, Waiter


class CrmPart(QWidget):
    """`link_asked(url)`: open it in the browser."""

    link_asked = Signal(str)

    def __init__(
        self, desk: Desk, author: AuthorCard, now: Callable[[], int], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._author, self._now = desk, author, now
        self._latest = {kind: Latest(self) for kind in (ListCrms, ListCases, ListRecords)}
        self._person, self._is_known = person_of(author, None), False
        self._crms: list[CrmAccount] = []
        self._records: list[RecordRow] = []
        self._asked: set[int] = set()  # CRMs that were asked by themselves
        self._notice = NoticeBar(self)
        self.cases = CaseLines(now, self)
        self.cases.done.connect(self._do)
        self.cases.link_asked.connect(self.link_asked)
        self.check = push(tr("Ask how they are doing"), self._check, kind="link")
        self.check.hide()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.setLayout(column(
            label(tr("CRM"), "strong"), self._notice, self.cases, row(self.check, None),
            self._lines, space=6,
        ))  # fmt: skip
        self.hide()
        Bridge(desk, self).changed.connect(self._on_changed)
        query = ReadPerson(author_id=author.id)
        Waiter(self, desk.ask(query), self._on_person, self._fail)
        self.refresh()

    def refresh(self) -> None:
        """Read all of it again."""
        self._read(ListCrms(), self._on_crms)
        self._read(ListCases(author_id=self._author.id), self._on_cases)
        self._read(ListRecords(self._author.id), self._on_records)

    def _read(self, query: Any, done: Callable[[Any], None]) -> None:
        self._latest[type(query)].wait(self._desk.ask(query), done, self._fail)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.CRM, Area.ACCOUNTS, Area.ALL}:
            self.refresh()

    def _on_person(self, person: PersonDetail | None) -> None:
        self._person, self._is_known = person_of(self._author, person), True
        self._show_records()
        self._ask_by_itself()

    def _on_crms(self, crms: list[CrmAccount]) -> None:
        self._crms = crms
        self._show_records()
        self._ask_by_itself()

    def _on_cases(self, cases: list[CaseRow]) -> None:
        self.cases.show_cases(cases)
        self.cases.setVisible(bool(cases))
        self.check.setVisible(any(one.state is CaseState.SENT for one in cases))
        self._show_whether()

    def _on_records(self, records: list[RecordRow]) -> None:
        self._records = records
        self._show_records()

    def _show_records(self) -> None:
        clear(self._lines)
        for crm in self._crms:
            mine = [one for one in self._records if one.account_id == crm.id]
            lines = RecordLines(crm, mine, self._person, self._now, self)
            lines.looked.connect(self._look_up)
            lines.chosen.connect(self._choose)
            lines.link_asked.connect(self.link_asked)
            lines.let.connect(lambda id, is_on: self._do(LetLookUp(id, is_on)))
            self._lines.addWidget(lines)
        self._show_whether()

    def _show_whether(self) -> None:
        self.setVisible(bool(self._crms) or not self.cases.isHidden())

    # --- acting ---

    def _look_up(self, crm: int) -> None:
        self._notice.clear()
        Waiter(self, self._desk.do(self._asking(crm)), self._on_looked, self._fail)

    def _ask_by_itself(self) -> None:
        """Where a person switched it on; the engine asks at most once a day."""
        for crm in self._crms if self._is_known else ():
            if crm.looks_up and crm.is_on and crm.id not in self._asked:
                self._asked.add(crm.id)
                command = self._asking(crm.id, by_itself=True)
                Waiter(self, self._desk.do(command), lambda _: None, self._fail)

    def _asking(self, crm: int, *, by_itself: bool = False) -> LookUpPerson:
        p: CrmPerson = self._person
        return LookUpPerson(
            self._author.id, crm, p.name, p.email, p.handle, p.phone, by_itself
        )  # fmt: skip

    def _on_looked(self, done: Done) -> None:
        if not done.answer.get("n"):
            self._notice.tell(tr("Nobody was found."), tone="accent")

    def _choose(self, found: RecordRow, is_them: bool) -> None:
        remote_id = found.record.remote_id
        self._do(ChooseRecord(self._author.id, found.account_id, remote_id, is_them))

    def _check(self) -> None:
        self._do(CheckCases(self._author.id))

    def _do(self, command: CrmCommand) -> None:
        self._notice.clear()
        Waiter(self, self._desk.do(command), lambda _: None, self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))
