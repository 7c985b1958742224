"""What is typed about a person, over the inbox; kept when it is saved, and not before."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.people.contact import PersonDetail
from socialdesk.engine.commands.contacts import SaveContact
from socialdesk.engine.desk import Desk
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, push, row
from socialdesk.ui.contacts.form import ContactForm
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.text_size import resize_for_text


class EditDialog(QDialog):
    """A child of the window: whoever asked for it is made anew with each reading of the author,
    and would take what is typed along. It stays open until the words are stored."""

    def __init__(self, desk: Desk, person: PersonDetail, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Edit the contact"))
        resize_for_text(self, 460, 380)
        self._desk, self._person = desk, person
        self._notice = NoticeBar(self)
        self.form = ContactForm(self)
        self.form.show_profile(person.profile, tuple({a.network for a in person.authors}))
        self.form.save_asked.connect(self._keep)
        self.save = push(tr("Save (Ctrl+S)"), self._keep, kind="primary")
        self.setLayout(column(
            self._notice, self.form, None,
            row(None, push(tr("Cancel"), self.reject), self.save), margin=16,
        ))  # fmt: skip

    def _keep(self) -> None:
        p = self.form.profile()
        if not p.name or not self.save.isEnabled():
            return
        self._notice.clear()
        self.save.setEnabled(False)
        id = self._person.contact_id
        command = SaveContact(p.name, p.org, p.channel, p.crm_url, p.fields, id)
        Waiter(self, self._desk.do(command), lambda _: self.accept(), self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        self.save.setEnabled(True)
        self._notice.tell_sentence(sentence(error))
