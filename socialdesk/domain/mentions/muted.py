"""A muted person, as the list of them shows one."""

from socialdesk.domain.frozen import frozen


@frozen
class MutedRow:
    """`at`: since when (ms UTC); `n`: mentions of theirs filed as muted; `newest`: their last
    mention, 0 = none is kept."""

    id: int
    network: str
    name: str
    handle: str
    at: int
    n: int
    newest: int
