"""Macros: kept, ordered, and run on mentions."""

from socialdesk.domain.frozen import frozen

StepValues = tuple[str, str, int, int]
"""kind, text, number, disposition of a `domain.rules.step.Step`."""


@frozen
class SaveMacro:
    """`macro_id` 0 makes a new one. Answer: macro_id."""

    name: str
    steps: tuple[StepValues, ...]
    macro_id: int = 0


@frozen
class DeleteMacro:
    macro_id: int


@frozen
class OrderMacros:
    """By their ids; the first nine have keys."""

    macro_ids: tuple[int, ...]


@frozen
class RunMacro:
    """Every step, or none: one act, one undo. `until`: what its snooze means now (ms UTC).

    A macro that answers is run on one mention, with the reply's exact `text` from the approved
    version `version_id` (as SendReply); its undo takes the reply back while it is held, and with it
    everything else. Answer: n, and outbox_id of a reply."""

    macro_id: int
    ids: tuple[int, ...]
    until: int = 0
    text: str = ""
    version_id: int = 0
    values: tuple[tuple[str, str], ...] = ()
    lang: str = ""
    known_posts: tuple[int, ...] = ()


MacrosCommand = SaveMacro | DeleteMacro | OrderMacros | RunMacro
