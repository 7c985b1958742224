"""What to tell somebody whose sign-in failed: by the address that was typed, where it was that."""

from urllib.parse import urlsplit

from socialdesk.domain.errors import (
    AuthExpiredError,
    CommandError,
    Refusal,
    RefusedError,
    SocialDeskError,
    UnreachableError,
)
from socialdesk.engine.words.messages import sentence
from socialdesk.engine.words.sentence import Sentence
from socialdesk.i18n import tr
from socialdesk.ui.accounts.sign_in import Fields
from socialdesk.ui.accounts.wrong_input import own_words
from socialdesk.ui.plain import isolated

ADDRESSES = ("server", "url", "host")  # fields that name a host
MISSING = "missing scopes: "  # the beginning of that refusal's detail; their names follow
_SAID = (Refusal.OTHER, Refusal.NOT_APPROVED, Refusal.PERMISSION)  # whose detail helps
PRIVATE = "is a private address"  # the end of that refusal's detail; other unsafe things differ


def failure(error: SocialDeskError, fields: Fields, *, by_browser: bool = False) -> Sentence:
    """`fields`: as typed. The general sentence where no address was typed."""
    if isinstance(error, AuthExpiredError) and not by_browser:
        return Sentence(
            tr("The network does not accept this sign-in."),
            tr("Check what was typed, letter by letter, or make a new key"), "edit",
        )  # fmt: skip
    if isinstance(error, CommandError) and _is_other(error):
        name = isolated(str(error.facts["name"]))
        return Sentence(
            tr("That is another account. Its mentions would mix with those of {name}.", name=name),
            tr("Sign in as {name}, or add the other one as an account of its own", name=name),
            "edit",
        )
    if isinstance(error, RefusedError) and error.detail.startswith(MISSING):
        scopes = isolated(error.detail.removeprefix(MISSING))
        return Sentence(
            tr("This key may not do all that is needed. Missing: {scopes}.", scopes=scopes),
            tr("Tick that where the key was made, and try again"), "edit",
        )  # fmt: skip
    if isinstance(error, RefusedError) and error.detail and error.reason in _SAID:
        if own := own_words(error.detail):
            return Sentence(own, tr("Change it and try again"), "edit")
        said = sentence(error)
        text = tr("{what} It says: {detail}.", what=said.text,
                  detail=isolated(error.detail.rstrip(".")))  # fmt: skip
        return Sentence(text, tr("Change it and try again"), "edit")
    if not typed_host(fields):
        return _silence() if isinstance(error, UnreachableError) else sentence(error)
    host = isolated(typed_host(fields))
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


def is_about_key(error: SocialDeskError) -> bool:
    """Whether the network was reached, and what is wrong is who asked."""
    return isinstance(error, AuthExpiredError) or (
        isinstance(error, CommandError) and _is_other(error)
    )


def _is_other(error: CommandError) -> bool:
    """Signed in again, but as somebody else."""
    return error.facts.get("what") == "account"


def _silence() -> Sentence:
    """Nothing is stored yet that could stay readable, and nothing goes on by itself."""
    return Sentence(tr("The network does not answer. What you typed stays here."),
                    tr("Check your connection and try again"))  # fmt: skip


def typed_host(fields: Fields) -> str:
    """The host in an address, a bare host or name@host; "" when there is none."""
    typed = dict(fields)
    text = next((typed[key] for key in ADDRESSES if typed.get(key)), "").strip()
    rest = text.partition("://")[2] or text.removeprefix("feed:").lstrip("/")
    try:
        return urlsplit(f"//{rest}").hostname or ""
    except ValueError:  # a bracket that does not close
        return ""
