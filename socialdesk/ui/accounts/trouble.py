"""What to tell somebody whose sign-in failed: by the address that was typed, where it was that."""

from urllib.parse import urlsplit

from socialdesk.domain.errors import Refusal, RefusedError, SocialDeskError, UnreachableError
from socialdesk.engine.messages import Sentence, sentence
from socialdesk.i18n import tr
from socialdesk.ui.accounts.sign_in import Fields
from socialdesk.ui.plain import isolated

ADDRESSES = ("server", "url")  # fields that name a host
PRIVATE = "is a private address"  # the end of that refusal's detail; other unsafe things differ


def failure(error: SocialDeskError, fields: Fields) -> Sentence:
    """`fields`: as typed. The general sentence where no address was typed."""
    host = isolated(typed_host(fields))
    if not host:
        return sentence(error)
    match error:
        case UnreachableError():
            return Sentence(
                tr("No answer from {host}. Check the spelling and your connection.", host=host)
            )
        case RefusedError(reason=Refusal.UNSAFE) if error.detail.endswith(PRIVATE):
            return Sentence(
                tr("{host} is inside your own network; SocialDesk reads public addresses only.",
                   host=host)
            )  # fmt: skip
        case _:
            return sentence(error)


def typed_host(fields: Fields) -> str:
    """The host in an address, a bare host or name@host; "" when there is none."""
    typed = dict(fields)
    text = next((typed[key] for key in ADDRESSES if typed.get(key)), "").strip()
    rest = text.partition("://")[2] or text.removeprefix("feed:").lstrip("/")
    try:
        return urlsplit(f"//{rest}").hostname or ""
    except ValueError:  # a bracket that does not close
        return ""
