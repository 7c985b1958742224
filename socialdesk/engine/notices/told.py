"""A notice as the desktop gets it."""

from socialdesk.domain.frozen import frozen


@frozen
class Told:
    """In words. `kind`: a new one takes the place of an older one of its kind. `mention_id` 0:
    `place` is where the window goes. `ids`: of the notices."""

    kind: str
    title: str
    body: str
    ids: tuple[int, ...] = ()
    mention_id: int = 0
    place: str = ""
    is_urgent: bool = False
