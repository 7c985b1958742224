"""One thing that was looked at: well, or what to do."""

from socialdesk.domain.frozen import frozen


@frozen
class Check:
    """`name`: a code for programs. `text`: a sentence; `next_step`: what to do unless `is_well`."""

    name: str
    is_well: bool
    text: str
    next_step: str = ""
