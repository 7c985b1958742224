"""What the program is and where its data lies."""

from dataclasses import dataclass

from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class About:
    """`folder`: of the workspace, an absolute path. `size_bytes`: of its file."""

    version: str
    sqlite: str
    folder: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ReadAbout(Query[About]):
    """Without anything of a network or a keyring."""
