"""Rules: kept, tried, switched on, taken back.

`conditions` and `actions` are JSON texts as `domain/rules/rule_json.py` writes them. A `ticket` is
made by the asker: with it a long run can be looked at and stopped while its own answer is awaited.
"""

from socialdesk.domain.frozen import frozen


@frozen
class SaveRule:
    """`rule_id` 0 makes a new one, last and off. One that is on and does something else now is
    switched off, unless that was tried. Answer: rule_id, is_on. Can be undone."""

    name: str
    conditions: str
    actions: str
    rule_id: int = 0


@frozen
class MoveRule:
    """So many places down, up when negative."""

    rule_id: int
    step: int


@frozen
class SetRuleOn:
    """Refused for a rule whose dry run was not seen, unless `is_sure`. Can be undone."""

    rule_id: int
    is_on: bool
    is_sure: bool = False


@frozen
class DeleteRule:
    """What it did stays. Can be undone."""

    rule_id: int


@frozen
class DryRunRule:
    """What a rule, stored or not, would have caught of the newest `n` mentions (0 = all). Changes
    nothing; remembered as tried when it went to its end. Answer: n_read, n_hits, n_slow, changes
    (per action), examples and suspects (mention, author, words, reason, fact), is_whole."""

    conditions: str
    actions: str
    n: int = 0
    ticket: str = ""


@frozen
class ApplyRule:
    """To what needs a reply now, where it did nothing yet; whether it is on does not count. Can be
    undone. Answer: n, is_whole (False: stopped; what was done stands)."""

    rule_id: int
    ticket: str = ""


@frozen
class UndoRule:
    """Take back what a rule did: to one mention, or to all since a time (ms UTC, 0 = ever).
    Answer: n mentions put back, n_changed (left alone: changed since), n_gone (too long ago)."""

    rule_id: int
    mention_id: int = 0
    since: int = 0
    ticket: str = ""


@frozen
class PeekRun:
    """How far a long run is. Answer: n_done, n_total; both 0 when there is none."""

    ticket: str


@frozen
class StopRun:
    """It ends after the piece it is at, and answers with what it has."""

    ticket: str


RulesCommand = (
    SaveRule | MoveRule | SetRuleOn | DeleteRule | DryRunRule | ApplyRule | UndoRule | PeekRun
    | StopRun
)  # fmt: skip
