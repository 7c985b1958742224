"""Templates, their versions and approvals."""

from socialdesk.domain.frozen import frozen


@frozen
class SaveTemplate:
    """A new, unapproved version. `template_id` 0 makes a new template. `tone`: light, plain,
    "" = as it was. Answer: template_id, version_id, hash."""

    name: str
    body: str
    lang: str
    folder: str = ""
    template_id: int = 0
    tone: str = ""


@frozen
class ApproveVersion:
    """One deliberate step that showed the text; `hash` is what was shown."""

    version_id: int
    hash: str


@frozen
class ArchiveTemplate:
    template_id: int
    is_archived: bool = True


@frozen
class InstallPack:
    """The templates of a pack that ships with the program, or of a file: unapproved. Answer:
    versions, a list of [version_id, hash]; templates already there by name are left alone."""

    name: str  # a pack's name, or a path


@frozen
class ExportTemplates:
    """As a pack, to a file that must not be there yet. `template_ids` () = all that are not
    archived. `only_approved`: the newest approved version of each language, else the newest.
    Answer: path, n."""

    path: str
    template_ids: tuple[int, ...] = ()
    only_approved: bool = True


TemplatesCommand = SaveTemplate | ApproveVersion | ArchiveTemplate | InstallPack | ExportTemplates
