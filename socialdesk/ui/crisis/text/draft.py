"""A statement while it is written: one set of blocks a language, one next update for all."""

from dataclasses import dataclass, field
from typing import Final

from socialdesk.domain.crisis.crisis_rows import StatementRow, VersionText
from socialdesk.domain.crisis.statement import LATE, NEXT_UPDATE, SHORT, text_of
from socialdesk.domain.playbooks.playbook import LANGS, blocks_of, short_form
from socialdesk.domain.playbooks.playbook_sheet import Prepared
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.placeholder import clean_value, fill, placeholders
from socialdesk.domain.replies.plan import packed_pictures
from socialdesk.engine.commands.statements import SaveStatement
from socialdesk.engine.words.statements import time_in

TIME: Final = "time"
LATE_KINDS: Final = ("update", "nochange", "serious", "resolution")
SHARED: Final = frozenset(
    {"since", "ended", "removed_at", NEXT_UPDATE, "link", "contact", "ticket", "batch"}
)
"""Places whose value is the same in every language."""


@dataclass(slots=True)
class LangDraft:
    """`own`: words without blocks. `version_id`, `hash`: of what is stored, 0 and "" = nothing."""

    blocks: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    own: str = ""
    version_id: int = 0
    hash: str = ""
    is_dirty: bool = False

    @property
    def text(self) -> str:
        """As it will be posted; places without a value stay."""
        return text_of(self.blocks, self.values) if self.blocks else self.own

    @property
    def is_short(self) -> bool:
        """The one-post form of a first statement."""
        return any(key == SHORT for key, _ in self.blocks)

    @property
    def is_begun(self) -> bool:
        """Somebody wrote here: a value, or own words."""
        return bool(self.version_id or self.own.strip() or self.is_dirty)


@dataclass(slots=True)
class StatementDraft:
    """`langs`: language → its words. Times are ms UTC."""

    incident_id: int
    kind: str
    statement_id: int = 0
    langs: dict[str, LangDraft] = field(default_factory=dict)
    accounts: tuple[int, ...] = ()
    facts: tuple[int, ...] = ()
    pictures: tuple[Picture, ...] = ()
    next_update_at: int = 0
    audience_id: int = 0
    mention_id: int = 0
    supersedes_id: int = 0
    posture: str = ""
    posture_reason: str = ""

    def lang(self, lang: str) -> LangDraft:
        """Its words in a language; made when it is first asked for."""
        return self.langs.setdefault(lang, LangDraft())

    def fill_in(self, lang: str, name: str, value: str) -> None:
        """A place; one whose value knows no language is filled in the others, too."""
        for code, words in self.langs.items():
            if code == lang or (name in SHARED and words.values.get(name, "") != value):
                words.values[name] = value
                words.is_dirty |= code == lang or words.is_begun

    def promise(self, lang: str, at: int, now: int) -> None:
        """When the next update comes, ms UTC; chosen while `lang` was shown."""
        self.next_update_at = at
        for code, words in self.langs.items():
            words.values[NEXT_UPDATE] = time_in(at, now, code) if at else ""
        self.touch_all(lang)

    def touch_all(self, lang: str) -> None:
        """What counts for every language is another one: what is shown in `lang`, and all that was
        written, is saved again."""
        self.lang(lang).is_dirty = True
        for words in self.langs.values():
            words.is_dirty |= words.is_begun

    def dirty(self) -> list[str]:
        """The languages that wait for saving."""
        return [lang for lang, words in self.langs.items() if words.is_dirty]

    def command(self, lang: str) -> SaveStatement:
        """One version of one language."""
        words = self.lang(lang)
        wanted = {name for _, text in words.blocks for name in placeholders(text)}
        values = ((n, clean_value(n, v)) for n, v in words.values.items() if n in wanted and v)
        return SaveStatement(
            self.incident_id, self.kind, lang, self.statement_id, tuple(words.blocks),
            tuple(sorted(values)), "" if words.blocks else words.own, self.accounts, self.facts,
            packed_pictures(self.pictures), self.next_update_at, self.audience_id, self.mention_id,
            self.supersedes_id, self.posture, self.posture_reason,
        )  # fmt: skip


def blank(
    incident_id: int, kind: str, playbook: str, prepared: Prepared, *, now: int, late_at: int = 0
) -> StatementDraft:
    """The prepared words of a kind, in all languages. `late_at`: the promise that was missed; its
    text then comes first."""
    made = StatementDraft(incident_id, kind)
    for lang in LANGS:
        words = made.lang(lang)
        words.blocks = prepared_blocks(kind, lang, playbook, prepared)
        if late_at and kind in LATE_KINDS:
            said = time_in(late_at, now, lang)
            words.blocks.insert(0, (LATE, fill(prepared.common.latepromise[lang], {TIME: said})))
        if any(TIME in placeholders(text) for _, text in words.blocks):
            words.values[TIME] = time_in(now, now, lang)
    return made


def prepared_blocks(
    kind: str, lang: str, playbook: str, prepared: Prepared
) -> list[tuple[str, str]]:
    """As the playbook has them; none for a type that nobody knows any more."""
    found = prepared.find(playbook)
    return list(blocks_of(kind, lang, found, prepared.common)) if found is not None else []


def short_blocks(lang: str, playbook: str, prepared: Prepared) -> list[tuple[str, str]]:
    """The first statement in one post."""
    found = prepared.find(playbook)
    return [(SHORT, short_form(lang, found))] if found is not None else []


def draft_of(incident_id: int, row: StatementRow) -> StatementDraft:
    """A stored statement, opened again. Its newest version in each language counts."""
    made = StatementDraft(
        incident_id, row.kind, row.id, audience_id=row.audience_id, mention_id=row.mention_id,
        supersedes_id=row.supersedes_id, posture=row.posture,
    )  # fmt: skip
    for lang, version in newest(row).items():
        blocks = list(version.blocks)
        made.langs[lang] = LangDraft(
            blocks, dict(version.values), "" if blocks else version.text, version.version_id,
            version.hash,
        )  # fmt: skip
        made.accounts, made.facts = version.accounts, version.facts
        made.pictures, made.next_update_at = version.pictures, version.next_update_at
    return made


def newest(row: StatementRow) -> dict[str, VersionText]:
    """Language → its last version."""
    found: dict[str, VersionText] = {}
    for version in sorted(row.versions, key=lambda v: v.n):
        found[version.lang] = version
    return found


def is_behind(version: VersionText | None, words: LangDraft) -> bool:
    """Whether what was read of a text is older than what was stored: not read again yet."""
    return words.version_id > (version.version_id if version is not None else 0)
