"""What somebody who works here has to do."""

from socialdesk.domain.frozen import frozen


@frozen
class DutyRow:
    """What somebody has to do. `n_mentions` wait, handed to them; `n_tasks` of reviews are theirs
    and open; `n_rules`, `n_macros` hand over to them; `incident`: the code of an open one in which
    they have a role, "" = none."""

    n_mentions: int = 0
    n_tasks: int = 0
    n_rules: int = 0
    n_macros: int = 0
    incident: str = ""
    has_pin: bool = False
