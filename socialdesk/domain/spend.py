"""What a network that takes money for each call has cost this month, and the cap a person set.

Amounts are integers, millionths of a US dollar. Months are UTC, as networks bill.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from socialdesk.domain.errors import ConnectorError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.price import DOLLAR

DEFAULT_CAP: Final = 5 * DOLLAR
MOST_CAP: Final = 100_000 * DOLLAR
CAP_SETTING: Final = "monthly_cap_usd"  # in an account's settings, dollars as text
OWED_SETTING: Final = "owed_micros"  # spent before the account was kept, not counted yet


class SpendCapError(ConnectorError):
    """The next call could pass the month's cap, so it was not made. `goes_on`: the first day of
    the next month."""

    def __init__(self, cap: int, goes_on: date) -> None:
        super().__init__(f"{cap} {goes_on.isoformat()}")
        self.cap, self.goes_on = cap, goes_on


@frozen
class Spend:
    """One account's month: `micros` of `cap` in `n_calls`. `month`: 2026-11."""

    month: str
    cap: int
    micros: int = 0
    n_calls: int = 0

    def left(self, *, percent: int = 100) -> int:
        """What may still be held by calls that may fill `percent` of the cap."""
        return max(0, self.cap * percent // 100 - self.micros)


def month_of(now: datetime) -> str:
    """The UTC month of a time, as 2026-11."""
    return now.astimezone(UTC).strftime("%Y-%m")


def next_month(now: datetime) -> date:
    """The first day after this UTC month."""
    first = now.astimezone(UTC).date().replace(day=1)
    return (first + timedelta(days=32)).replace(day=1)


def forecast(micros: int, now: datetime) -> int:
    """What the month will have cost at this pace; at least an hour is taken to have passed."""
    day = now.astimezone(UTC)
    start = day.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = datetime.combine(next_month(now), datetime.min.time(), UTC)
    passed_s = max(3600.0, (day - start).total_seconds())
    return max(micros, round(micros * (end - start).total_seconds() / passed_s))


def read_cap(typed: str) -> int:
    """Dollars as a person types them: "5", "$2.50", "2,5". Raises ValueError."""
    text = typed.strip().removeprefix("$").removesuffix("$").strip().replace(",", ".")
    try:
        dollars = Decimal(text)
    except InvalidOperation:
        raise ValueError("not an amount") from None
    if not dollars.is_finite() or not 0 <= dollars <= MOST_CAP // DOLLAR:
        raise ValueError("an amount out of reach")
    return int(dollars * DOLLAR)


def cap_text(micros: int) -> str:
    """As the settings keep it: dollars, at least two decimals, exact."""
    whole, part = divmod(micros, DOLLAR)
    return f"{whole}.{part:06d}".rstrip("0").ljust(len(str(whole)) + 3, "0")
