"""How a rule stands, in words."""

from socialdesk.domain.rules.rule import RuleRow
from socialdesk.engine.words.rules import off_words
from socialdesk.i18n import tr


def state_words(row: RuleRow | None, *, is_dirty: bool) -> str:
    """How the rule stands, and what comes next."""
    if row is None:
        return tr("Not saved yet.")
    if row.rule is None:
        return tr("This rule was written by a newer SocialDesk and cannot be read here. It is "
                  "switched off.")  # fmt: skip
    if row.off_reason:
        return off_words(row.off_reason)
    if is_dirty:
        return tr("Changed, not saved yet. The saved form goes on as it is.")
    if row.is_on:
        return tr("On. It runs once over each new mention; an edit of its words later runs it not "
                  "again.")  # fmt: skip
    if row.is_tried:
        return tr("Off. Its dry run was seen, so it can be switched on.")
    return tr("Off. A dry run shows first what it would have caught.")
