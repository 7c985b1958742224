"""What crisis mode refuses, by code; the texts stand in `engine/words/refusals.py`.

Source: crisis-mode specification, section 4. Every refusal is an event of the journal. R16 is ours:
section 7 gives staff no public reply, and section 4 has no text for it.
"""

from typing import Final

from socialdesk.domain.errors import SocialDeskError

CODES: Final = frozenset(
    "R01 R02 R03 R10 R11 R12 R13 R14 R15 R16 R20 R21 R22 R23 R24 R25 R26 R27 R28 R29 R30 R31"
    " R40 R41 R42 R43".split()
)
BREAKABLE: Final = frozenset({"R24", "R25", "R28", "R29"})  # "Send now without the check"


class CrisisRefusedError(SocialDeskError):
    """Refused under crisis mode; nothing was changed but the journal. `facts`: plain values for
    the sentence, lists as "key:n, key:n"; never a stranger's words. `incident_id` 0 = none."""

    def __init__(self, code: str, *, incident_id: int = 0, **facts: str | int) -> None:
        if code not in CODES:
            raise ValueError(code)
        super().__init__(code)
        self.code, self.incident_id, self.facts = code, incident_id, facts
