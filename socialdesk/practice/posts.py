"""The values a practice network is made of: posts with their versions, notices, drafts."""

from socialdesk.domain.frozen import frozen
from socialdesk.practice.content import BRAND, Line


@frozen
class Version:
    """The words of a post from `at_ms` on."""

    at_ms: int
    text: str
    warning: str = ""


@frozen
class Post:
    """A post as it is now. `to`: id of the post it answers. `names`: keys of the people named.
    `reposts`: who passed it on. `pictures`: ids of uploads."""

    id: str
    at_ms: int
    line: Line
    to: str
    names: tuple[str, ...]
    tags: tuple[str, ...]
    versions: tuple[Version, ...]
    reposts: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()

    @property
    def now(self) -> Version:
        return self.versions[-1]

    @property
    def is_ours(self) -> bool:
        return self.line.by == BRAND


@frozen
class Notice:
    """One notification of the brand. `sort`: mention, reblog or update."""

    id: str
    sort: str
    at_ms: int
    by: str
    post_id: str


@frozen
class NewPost:
    """What somebody signed in as the brand posts."""

    text: str
    to: str = ""
    visibility: str = "public"
    warning: str = ""
    lang: str = ""
    dedupe_key: str = ""
    pictures: tuple[str, ...] = ()


@frozen
class Upload:
    """A picture that was handed over. `digest`: SHA-256 hex of its bytes."""

    id: str
    digest: str
    mime: str
    alt: str = ""
