"""Playbooks of one's own: written, restored, read to the end."""

from socialdesk.domain.frozen import frozen


@frozen
class SavePlaybook:
    """A new version of a playbook, or of the texts all share (`common`).

    `base`: the version that was shown; when somebody saved another one meanwhile, CHANGED_SINCE.
    `texts`: (text's key, language, new words) as `playbook_texts.Part` names them; stems one a
    line. `reviewed`: the languages that a native speaker has read, with these words. `values`:
    `sev_default`, `humour` (0 or 1), `step.KEY.due_min` (-1 = no clock). Answer: version. Raises
    BAD_INPUT with what the load check says, NOT_FOUND.
    """

    playbook: str
    base: str
    texts: tuple[tuple[str, str, str], ...] = ()
    reviewed: tuple[str, ...] = ()
    values: tuple[tuple[str, int], ...] = ()


@frozen
class RestorePlaybook:
    """The built-in one again; one's own versions stay in the list. Answer: version."""

    playbook: str


@frozen
class SaveOwnLine:
    """A reply line of one's own, or an existing line worded or marked anew. `texts`: one per
    language, in the order of LANGS; a language whose words are new counts as not yet read by a
    native speaker. `base` and what it raises as `SavePlaybook`."""

    playbook: str
    base: str
    line: str
    texts: tuple[str, ...]
    is_claim: bool = True
    is_safety: bool = False


@frozen
class DropLine:
    """A reply line leaves the playbook."""

    playbook: str
    base: str
    line: str


@frozen
class MarkPlaybookRead:
    """The person at the keys has read this version to its end."""

    playbook: str
    version: str


@frozen
class ExportGoKit:
    """Contacts, statements, checklists, spokesperson as one file to print. `shape`: html or pdf;
    `path`: absolute. Answer: files."""

    path: str
    shape: str = "pdf"


PlaybooksCommand = (
    SavePlaybook | RestorePlaybook | SaveOwnLine | DropLine | MarkPlaybookRead | ExportGoKit
)
