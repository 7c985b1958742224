"""Which template versions may be inserted, in which language, in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import TemplateRow, VersionRow
from socialdesk.domain.replies.suggestion import Suggestion
from socialdesk.domain.replies.template import TemplateState

SOURCE_LANGUAGE = "en"


@frozen
class Choice:
    """One template that can be inserted: its approved versions, at most one per language."""

    template_id: int
    name: str
    folder: str
    n_uses: int
    versions: tuple[VersionRow, ...]
    is_light: bool = False  # of a light tone
    because: tuple[str, ...] = ()  # suggested: the mention's words that speak for it

    @property
    def langs(self) -> list[str]:
        """Languages in which it can be said, in order of the alphabet."""
        return [v.lang for v in self.versions]

    def version(self, lang: str) -> VersionRow:
        """The version for a mention's language: exact, then the same base language, then English,
        then whatever there is."""
        for wanted in (lang.lower(), _base(lang), SOURCE_LANGUAGE):
            for v in self.versions:
                if wanted and wanted in (v.lang.lower(), _base(v.lang)):
                    return v
        return self.versions[0]


def choices(rows: Iterable[TemplateRow]) -> list[Choice]:
    """Only what was approved and is not archived; newest approved version of each language."""
    found = []
    for row in rows:
        newest: dict[str, VersionRow] = {}
        for v in sorted(row.versions, key=lambda v: v.n):
            if v.state is TemplateState.APPROVED:
                newest[v.lang] = v
        if newest and not row.is_archived:
            versions = tuple(newest[lang] for lang in sorted(newest))
            found.append(Choice(row.id, row.name, row.folder, row.n_uses, versions, row.is_light))
    return found


def suggested(all_of: Sequence[Choice], found: Iterable[Suggestion]) -> list[Choice]:
    """The suggested ones first, each with its reason; the others as they were."""
    reasons = {s.template_id: s.because for s in found}
    first = [replace(c, because=reasons[c.template_id]) for t in reasons
             for c in all_of if c.template_id == t]  # fmt: skip
    return [*first, *(replace(c, because=()) for c in all_of if c.template_id not in reasons)]


def narrowed(all_of: Sequence[Choice], typed: str) -> list[Choice]:
    """Those that hold every typed word in name, folder or words; names that begin with it first,
    then by use. Nothing typed: all, the suggested ones first, then the most used."""
    words = typed.casefold().split()
    kept = [(c, _haystack(c)) for c in all_of]
    fitting = [c for c, hay in kept if all(w in hay for w in words)]
    if not words and any(c.because for c in fitting):
        rest = [c for c in fitting if not c.because]
        return [*(c for c in fitting if c.because), *narrowed(rest, "")]
    return sorted(fitting, key=lambda c: (_rank(c, words), -c.n_uses, c.name.casefold()))


def choice_of(all_of: Iterable[Choice], version_id: int) -> Choice | None:
    """The choice that holds this version; None when it was archived or replaced meanwhile."""
    return next((c for c in all_of if any(v.id == version_id for v in c.versions)), None)


def _rank(choice: Choice, words: Sequence[str]) -> int:
    """0 name begins with the words, 1 name holds them, 2 only folder or body do."""
    name = choice.name.casefold()
    if not words or name.startswith(" ".join(words)):
        return 0
    return 1 if all(w in name for w in words) else 2


def _haystack(choice: Choice) -> str:
    parts = [choice.name, choice.folder, *(v.body for v in choice.versions)]
    return "\n".join(parts).casefold()


def _base(lang: str) -> str:
    return lang.lower().split("-")[0].split("_")[0]
