"""Codes of the notices about replies and promises; the words are in `engine/words/notices.py`."""

from typing import Final

DROPPED: Final = "reply_dropped"
LATE: Final = "reply_late"
NOT_APPROVED: Final = "reply_not_approved"
ANSWERED: Final = "reply_answered"
GONE: Final = "reply_post_gone"
SENT_BACK: Final = "reply_sent_back"
PROMISE_SOON: Final = "promise_soon"
PROMISE_DUE: Final = "promise_due"
PROMISE_LATE: Final = "promise_late"
