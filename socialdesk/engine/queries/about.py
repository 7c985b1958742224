"""What the program is and where its data lies."""

from socialdesk.domain.frozen import frozen
from socialdesk.engine.queries.base import Query


@frozen
class About:
    """`folder`: of the workspace, an absolute path. `size_bytes`: of its file."""

    version: str
    sqlite: str
    folder: str
    size_bytes: int


@frozen
class ReadAbout(Query[About]):
    """Without anything of a network or a keyring."""
