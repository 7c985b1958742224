"""What a dry run found, as it goes over the link."""

from typing import Any

from socialdesk.domain.rules.rule_trial import Caught, Trial

Answer = dict[str, Any]


def trial_json(trial: Trial) -> Answer:
    """As `DryRunRule` answers."""
    return {
        "n_read": trial.n_read, "n_hits": trial.n_hits, "n_slow": trial.n_slow,
        "changes": list(trial.changes), "is_whole": trial.is_whole,
        "examples": [_caught_json(one) for one in trial.examples],
        "suspects": [_caught_json(one) for one in trial.suspects],
    }  # fmt: skip


def trial_of(answer: Any) -> Trial:
    """The reverse."""
    return Trial(
        answer["n_read"], answer["n_hits"], answer["n_slow"], tuple(answer["changes"]),
        tuple(Caught(*one) for one in answer["examples"]),
        tuple(Caught(*one) for one in answer["suspects"]), answer["is_whole"],
    )  # fmt: skip


def _caught_json(one: Caught) -> list[str | int]:
    return [one.mention_id, one.author, one.words, one.reason, one.fact]
