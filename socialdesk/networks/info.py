"""What is known of a network before anybody signs in: its fields, its way of signing in, how to set
it up there, how long its words may be kept."""

from datetime import date
from enum import Enum

from socialdesk.domain.account import Can, WatchKind
from socialdesk.domain.frozen import frozen


class SignIn(Enum):
    """How a person connects an account."""

    OAUTH = "oauth"  # in the browser, which comes back to us (RFC 8252 loopback)
    PASTED = "pasted"  # in the browser; what it shows at the end is pasted here
    PASSWORD = "password"  # fields typed here: an app password, a key, a token
    NONE = "none"  # a keyless source


def said(text: str) -> str:
    """Marks a text that screens pass through tr(), so that translators get it."""
    return text


@frozen
class Field:
    """One thing to type when adding an account. `label` and `hint`: texts marked by `said`; `key`
    names it in the settings."""

    key: str
    label: str
    hint: str = ""
    secret: bool = False
    optional: bool = False


@frozen
class Redirect:
    """Where the browser goes after a sign-in. `ports`: the fixed ones that the network's app
    settings must name, tried in order; () = any free one. `host`: as the network wants it
    written, 127.0.0.1 or localhost. `pasted`: an https address for networks that take no http
    loopback (SignIn.PASTED): nothing answers there, and the person pastes the address bar."""

    host: str = "127.0.0.1"
    ports: tuple[int, ...] = ()
    pasted: str = ""


@frozen
class GuideStep:
    """One thing to do on the network's own site before signing in, said in plain words (`said`).
    `url`: the page to open. `copy`: what to type there, for the clipboard. `is_trap`: a thing that
    goes wrong often; shown apart."""

    text: str
    url: str = ""
    copy: str = ""
    is_trap: bool = False


@frozen
class ApiVersion:
    """A version of the network's API that we speak, and the last day it is promised to work."""

    name: str
    good_until: date


@frozen
class Keep:
    """How long strangers' words of this network may lie in the file. Source: the network's terms.

    `hours`: blanked when the network has not confirmed them for so long, 0 = no limit. `is_stored`
    False: only shown, never written. `is_exported` False: left out of exports and CRM.
    `until_gone`: blanked as soon as the network says that the post is deleted or closed to us."""

    hours: int = 0
    is_stored: bool = True
    is_exported: bool = True
    until_gone: bool = False


@frozen
class NetworkInfo:
    """What is known of a network before anybody signs in."""

    key: str
    label: str
    can: Can
    sign_in: SignIn
    fields: tuple[Field, ...]
    min_poll_s: int
    tokens_pasted: bool = False  # a pasted token is accepted instead of the browser
    unverified: bool = False  # not yet tried against the live service
    redirect: Redirect = Redirect()
    guide: tuple[GuideStep, ...] = ()
    versions: tuple[ApiVersion, ...] = ()
    keep: Keep = Keep()
    about: str = ""  # one line, marked by `said`: what comes from there
    first_watch: WatchKind | None = WatchKind.MENTIONS  # of a new account; None: nothing to fetch
