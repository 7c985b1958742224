"""A row that was handed to who puts it on the wire: a reply, or a case for a CRM."""

from typing import Final, Generic, TypeVar

from socialdesk.domain.errors import Refusal
from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.reply import may_repeat
from socialdesk.store.accounts import AccountSpec

REPEAT: Final = "repeat"  # reason of a try under the same key
INTERRUPTED, OUTLIVED = "interrupted", "key_outlived"  # reasons of a doubt

T = TypeVar("T")


@frozen
class Claim(Generic[T]):
    """`content`: what its network gets; `first_try_at`: ms UTC; `n_looks`: since the doubtful try;
    `reason`: why it is in doubt."""

    id: int
    account: AccountSpec
    content: T
    n_tries: int
    n_looks: int
    first_try_at: int
    reason: str = ""

    @property
    def reads_back(self) -> bool:
        """Whether looking for a doubtful one can find it (Telegram has no such call)."""
        return self.account.card is None or self.account.card.reads_back

    @property
    def repeat_safe_s(self) -> int:
        """What a network called a duplicate and does not show is not sent again: it would say so
        for ever."""
        if self.account.card is None or self.reason == Refusal.DUPLICATE.value:
            return 0
        return self.account.card.repeat_safe_s

    def age_s(self, now: int) -> float:
        """Since the first try; `now` in ms UTC."""
        return (now - self.first_try_at) / 1000

    def has_outlived_its_key(self, now: int) -> bool:
        """A try before was in doubt, and its network may have forgotten the key meanwhile: another
        one might be a second post."""
        return self.n_looks > 0 and not may_repeat(self.age_s(now), self.repeat_safe_s)
