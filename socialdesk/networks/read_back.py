"""Whether a post that is on the network is the one we tried to send."""

import unicodedata
from datetime import datetime, timedelta

from socialdesk.domain.replies.reply import LOOK_BACK_S, Outgoing


def earliest(outgoing: Outgoing) -> datetime:
    """No post made before this can be it: their clock may run behind ours a little."""
    return outgoing.made_at - timedelta(seconds=LOOK_BACK_S)


def same_words(text: str) -> str:
    """What of a text survives a network: NFC, white space joined, none around it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_same(text: str, made_at: datetime, outgoing: Outgoing) -> bool:
    """The same words, made no earlier than our first try less LOOK_BACK_S. The caller looks that
    author and parent are the right ones."""
    return made_at >= earliest(outgoing) and same_words(text) == same_words(outgoing.text)
