"""Google's sign-in for desktop programs, with the person's own client: system browser, loopback on
any free port, PKCE.

Sources: developers.google.com/identity/protocols/oauth2/native-app; RFC 8252, RFC 7636. The client
secret of a desktop client is no secret to Google, yet its token endpoint wants it; it is kept in
the keyring like one. `include_granted_scopes` is never asked for: a joint grant would be taken back
as a whole when one of two accounts signs out.
"""

import re
from collections.abc import Mapping
from typing import Final

import requests

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    Refusal,
    RefusedError,
)
from socialdesk.networks import http
from socialdesk.networks.base import Field, GuideStep, OAuthStart, said
from socialdesk.networks.before_send import before_send
from socialdesk.networks.http import Answer, raise_for
from socialdesk.networks.oauth import asking
from socialdesk.networks.tokens import Tokens, tokens_from

AUTHORIZE: Final = "https://accounts.google.com/o/oauth2/v2/auth"
TOKEN: Final = "https://oauth2.googleapis.com/token"
REVOKE: Final = "https://oauth2.googleapis.com/revoke"

FIELDS: Final = (
    Field(
        "client_id",
        said("Client ID"),
        said("Of your own Google Cloud project; it ends in .apps.googleusercontent.com"),
    ),
    Field(
        "client_secret",
        said("Client secret"),
        said("Google shows it once, when the client is made. It goes to your system's keyring."),
        secret=True,
    ),
)

_CLIENT_ID: Final = re.compile(r"[\w-]{6,120}\.apps\.googleusercontent\.com", re.ASCII)
_SECRET: Final = re.compile(r"[!-~]{8,200}")
_DEAD: Final = frozenset({400, 401, 403})


def begin(fields: Mapping[str, str], scope: str, redirect_uri: str) -> OAuthStart:
    """The address to open. The context keeps every typed field besides. Raises RefusedError when
    what was typed is no client of Google's."""
    client_id = fields.get("client_id", "").strip()
    client_secret = fields.get("client_secret", "").strip()
    if not _CLIENT_ID.fullmatch(client_id) or not _SECRET.fullmatch(client_secret):
        raise RefusedError(Refusal.OTHER, "not a client ID and secret of Google")
    query = {
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "scope": scope,
        "access_type": "offline",
        # the consent brings a refresh token each time; the chooser, another channel or person
        "prompt": "select_account consent",
    }
    typed = {key: value.strip() for key, value in fields.items()}
    return asking(AUTHORIZE, query, typed, with_pkce=True)


def finish(
    session: requests.Session, start: OAuthStart, code: str, redirect_uri: str, scope: str
) -> Tokens:
    """The code for tokens. Raises RefusedError(PERMISSION) when the box of our scope was left
    unticked in the browser."""
    known = start.context
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": known["client_id"],
        "client_secret": known["client_secret"],
        "redirect_uri": redirect_uri,
        "code_verifier": known["verifier"],
    }
    data = http.post_form(session, TOKEN, form, check=_check_exchange).data
    tokens = tokens_from(data, Tokens("", rest={"client_secret": known["client_secret"]}))
    granted = data.get("scope")
    if isinstance(granted, str) and scope not in granted.split():
        raise RefusedError(Refusal.PERMISSION, "the permission was not ticked in the browser")
    if not tokens.refresh:
        raise BadAnswerError("no refresh token came")
    return tokens


def renewed(session: requests.Session, client_id: str, old: Tokens) -> Tokens:
    """A new access token. Raises AuthExpiredError when the grant is dead: taken back, another
    password, six months unused, or seven days of a project that was never published. Whatever
    else goes wrong, nothing was posted by it: `maybe_done` is False."""
    form = {
        "grant_type": "refresh_token",
        "refresh_token": old.refresh,
        "client_id": client_id,
        "client_secret": old.rest.get("client_secret", ""),
    }
    if not old.refresh:
        raise AuthExpiredError("no refresh token is kept")
    return before_send(
        lambda: tokens_from(http.post_form(session, TOKEN, form, check=_check_renewal).data, old)
    )


def revoke(session: requests.Session, tokens: Tokens) -> None:
    """Take the grant back at Google; one already dead is no error."""
    answer = http.send(session, "POST", REVOKE, form={"token": tokens.refresh or tokens.access})
    if answer.status != 400:  # invalid_token: it was dead before
        raise_for(answer)


def steps_before(scope: str, enable: tuple[GuideStep, ...]) -> tuple[GuideStep, ...]:
    """What to do in Google's console, the same for every network of Google's but for `enable`."""
    return (
        GuideStep(
            said(
                "Open Google Cloud and make a project, with any name. It is free, and one project "
                "serves both YouTube and Google Business: use the one you have."
            ),
            url="https://console.cloud.google.com/projectcreate",
            copy="SocialDesk",
        ),
        *enable,
        GuideStep(
            said(
                "Open Google Auth Platform and fill in Branding (any name, your own address) and "
                "Audience: External. Under Data access add the permission that the button copies."
            ),
            url="https://console.cloud.google.com/auth/overview",
            copy=scope,
        ),
        GuideStep(
            said(
                "Under Audience press Publish app. As long as it says Testing, Google ends every "
                "sign-in after 7 days. Google need not check an app that only you use."
            ),
            url="https://console.cloud.google.com/auth/audience",
            is_trap=True,
        ),
        GuideStep(
            said(
                "Under Clients make a client of the type Desktop app. Copy its ID and its secret "
                "into the fields below at once: the secret is never shown again."
            ),
            url="https://console.cloud.google.com/auth/clients",
        ),
        GuideStep(
            said(
                "When you sign in, Google warns that it has not checked this app. It is your own: "
                "press Advanced, then Go to SocialDesk, and leave every box ticked."
            ),
            is_trap=True,
        ),
    )


def _check_exchange(answer: Answer) -> None:
    """A wrong secret is a 401 here, and no account is signed in yet that it could end."""
    if answer.status in _DEAD:
        raise RefusedError(Refusal.OTHER, f"HTTP {answer.status} from {answer.host}")
    raise_for(answer)


def _check_renewal(answer: Answer) -> None:
    if answer.status in _DEAD:
        raise AuthExpiredError(f"HTTP {answer.status} from {answer.host}")
    raise_for(answer)
