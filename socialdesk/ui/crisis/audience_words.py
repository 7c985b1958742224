"""The words for audiences: who they are, how they are reached."""

from typing import Final

from socialdesk.engine.words.incidents import audience_kind_name
from socialdesk.i18n import tr
from socialdesk.ui.plain import one_line

KINDS: Final = (
    "affected", "customers", "staff", "partners", "authority", "press", "families", "community",
)  # fmt: skip
CHANNELS: Final = ("email", "phone", "messenger", "in_person", "notify")


def kind_word(kind: str) -> str:
    """Who they are to us."""
    return one_line(audience_kind_name(kind))


def channel_word(channel: str) -> str:
    """How they are reached; "" has not been said."""
    return {
        "email": tr("E-mail"), "phone": tr("Phone"), "messenger": tr("Messenger"),
        "in_person": tr("In person"), "notify": tr("Notify service"), "": "",
    }.get(channel, one_line(channel))  # fmt: skip
