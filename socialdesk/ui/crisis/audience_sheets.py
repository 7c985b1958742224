"""Sheets about audiences: that one was told, and one's own list of them."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from socialdesk.domain.crisis.crisis_rows import AudienceRow, StatementRow
from socialdesk.domain.frozen import frozen
from socialdesk.engine.commands.statements import NoteAudienceTold, SaveAudience
from socialdesk.i18n import LANGUAGES, language, tr
from socialdesk.ui.crisis.ask_sheets import Sheet, choice_box
from socialdesk.ui.crisis.audience_words import CHANNELS, KINDS, channel_word, kind_word
from socialdesk.ui.crisis.text.words import kind_word as statement_word
from socialdesk.ui.crisis.text.words import lang_word
from socialdesk.ui.plain import isolated, one_line


@frozen
class Sayable:
    """A text with a second look that stands, or that is published."""

    version_id: int
    kind: str
    lang: str
    text: str

    @property
    def head(self) -> str:
        """Its kind and language."""
        return f"{statement_word(self.kind)}, {lang_word(self.lang)}"

    @property
    def name(self) -> str:
        """With its first words, for a list."""
        return f"{self.head}: {one_line(self.text)[:60]}"


def sayable(statements: Sequence[StatementRow]) -> list[Sayable]:
    """Newest statement first; of each language the newest version that may be shown around."""
    return [
        Sayable(v.version_id, s.kind, v.lang, v.text)
        for s in statements
        if not s.dropped_at
        for v in s.versions
        if v.standing or v.published
    ]


def best_for(audience: AudienceRow, texts: Sequence[Sayable]) -> Sayable | None:
    """Staff hear the staff notice, others what is said to all; in their language when there is
    one."""
    is_staff = audience.kind == "staff"

    def fitness(text: Sayable) -> tuple[bool, bool]:
        return (text.kind == "staff") == is_staff, text.lang == (audience.lang or language())

    fitting = [t for t in texts if (t.kind == "staff") == is_staff] or list(texts)
    return max(fitting, key=fitness, default=None)


def ask_told(
    audience: AudienceRow,
    incident_id: int,
    texts: Sequence[Sayable],
    how: str,
    do: Callable[[NoteAudienceTold, Sheet], None],
    parent: QWidget,
) -> Sheet:
    """How an audience was told, and with which text."""
    field = QLineEdit(how or channel_word(audience.channel))
    best = best_for(audience, texts)
    words = [(t.name, str(t.version_id)) for t in texts]
    box = choice_box([(tr("In other words"), "0"), *words], str(best.version_id) if best else "0")

    def act() -> None:
        version = int(box.currentData() or 0)
        do(NoteAudienceTold(incident_id, audience.id, version, field.text().strip()), sheet)

    title = tr("{name} was told", name=isolated(audience.name))
    sheet = Sheet(title, tr("Note it"), act, parent)
    sheet.add(tr("How, and whom exactly"), field)
    sheet.add(tr("With which text"), box)
    sheet.open()
    field.setFocus()
    return sheet


def ask_audience(
    audience: AudienceRow | None,
    do: Callable[[SaveAudience, Sheet], None],
    parent: QWidget,
    incident_id: int = 0,
) -> Sheet:
    """A new audience, or another wording of one. `incident_id`: where a new one must be told."""
    known = audience or AudienceRow(0, "", "customers", "email", "", "", "", "", 0)
    name, address = QLineEdit(known.name), QLineEdit(known.address)
    contact, spokesperson = QLineEdit(known.contact), QLineEdit(known.spokesperson)
    kind = choice_box([(kind_word(k), k) for k in KINDS], known.kind)
    channel = choice_box([(channel_word(c), c) for c in CHANNELS], known.channel)
    lang = choice_box([(tr("Not said"), ""), *((n, c) for c, n in LANGUAGES.items())], known.lang)

    def follow() -> None:
        """What is typed there would be kept nowhere."""
        address.setEnabled(channel.currentData() != "notify")

    channel.currentIndexChanged.connect(lambda _: follow())
    follow()

    def act() -> None:
        if not name.text().strip():
            sheet.notice.tell(tr("An audience needs a name."))
            return
        typed = address.text().strip()
        if channel.currentData() == "notify":
            # A service's address holds its key: it goes to the keyring, never into the file, which
            # has only what may be shown of it.
            typed = known.address if known.channel == "notify" else ""
        do(
            SaveAudience(
                name.text().strip(), str(kind.currentData()), known.id, str(channel.currentData()),
                typed, str(lang.currentData()),
                spokesperson.text().strip(), contact.text().strip(), incident_id=incident_id,
            ),
            sheet,
        )  # fmt: skip

    title = tr("Audience") if audience else tr("New audience")
    sheet = Sheet(title, tr("Save"), act, parent)
    for words, field in (
        (tr("Name"), name), (tr("Who they are"), kind), (tr("How they are reached"), channel),
        (tr("Address or number"), address), (tr("Language"), lang), (tr("Contact there"), contact),
        (tr("Who of us speaks to them"), spokesperson),
    ):  # fmt: skip
        sheet.add(words, field)
    sheet.add_text(tr("The address of a notify service is a secret: give it with “Service…” in the "
                      "list."), "dim")  # fmt: skip
    sheet.open()
    name.setFocus()
    return sheet
