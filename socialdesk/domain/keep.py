"""How long strangers' words stay, as a person sets it: for each account, and for all others."""

from collections.abc import Iterable, Mapping
from typing import Final

from socialdesk.domain.frozen import frozen

DAY_MS: Final = 86_400_000
AS_OTHERS: Final = ""  # an account that says nothing goes by the workspace
FOR_EVER: Final = "forever"
DAYS: Final = {"1": 30, "3": 91, "6": 182, "12": 365, "24": 730}
"""By the number of months."""
CHOICES: Final = (FOR_EVER, "24", "12", "6", "3", "1")
PREFIX: Final = "keep."
DEFAULT: Final = f"{PREFIX}default"


@frozen
class Weighed:
    """What a limit would take out at once. `n_held`: would go, were nothing about them open."""

    n_mentions: int
    n_held: int
    before: int  # ms UTC: what came earlier


def key_of(account_id: int) -> str:
    """The setting of an account; 0 = of all others."""
    return f"{PREFIX}{account_id}" if account_id else DEFAULT


def choice_of(settings: Mapping[str, str], account_id: int) -> str:
    """What was chosen: for an account AS_OTHERS or one of CHOICES, for all others one of CHOICES.
    A value nobody knows keeps for ever: nothing is taken out by mistake."""
    chosen = settings.get(key_of(account_id), AS_OTHERS)
    if chosen in CHOICES:
        return chosen
    return AS_OTHERS if account_id else FOR_EVER


def days_of(settings: Mapping[str, str], account_id: int) -> int:
    """For how many days the words of an account stay, counted from when they came; 0 = for ever."""
    chosen = choice_of(settings, account_id) or choice_of(settings, 0)
    return DAYS.get(chosen, 0)


def limits(settings: Mapping[str, str], account_ids: Iterable[int]) -> dict[int, int]:
    """Days by account, without those that keep for ever."""
    found = {id: days_of(settings, id) for id in account_ids}
    return {id: days for id, days in found.items() if days}


def is_choice(account_id: int, choice: str) -> bool:
    """Whether this can be set there."""
    return choice in CHOICES or (choice == AS_OTHERS and account_id > 0)
