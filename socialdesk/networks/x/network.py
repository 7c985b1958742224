"""Signing in to X with the person's own app: OAuth 2.0 with PKCE, no client secret.

Source: docs.x.com "OAuth 2.0 Authorization Code Flow with PKCE" and "Developer apps", 2026-08. The
code lives 30 seconds; redirect addresses are compared letter by letter, so their ports are fixed.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.spend import CAP_SETTING, DEFAULT_CAP, OWED_SETTING, cap_text, read_cap
from socialdesk.networks.base import (
    ApiVersion,
    Connector,
    Field,
    GuideStep,
    Keep,
    KeepSecret,
    NetworkInfo,
    OAuthStart,
    Redirect,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.oauth import PATH, asking
from socialdesk.networks.partial import OnlyBrowserSignIn
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.x import prices
from socialdesk.networks.x.connector import CAN, MAX_CHARS, MIN_POLL_S, XConnector
from socialdesk.networks.x.posts import Me
from socialdesk.networks.x.server import Server, ask_tokens

AUTHORIZE: Final = "https://x.com/i/oauth2/authorize"
CONSOLE: Final = "https://console.x.com"
REDIRECT: Final = Redirect("127.0.0.1", (28471, 28472, 28473))
# The least that does the work; offline.access: a refresh token.
SCOPES: Final = "tweet.read users.read tweet.write offline.access"
VERSION: Final = ApiVersion("X API v2", date(2027, 8, 1))
LONGEST: Final = 25_000  # of a post by who pays X for long ones

_ADDRESSES: Final = "\n".join(f"http://{REDIRECT.host}:{port}{PATH}" for port in REDIRECT.ports)


class XNetwork(OnlyBrowserSignIn):
    """What the registry lists."""

    info = NetworkInfo(
        key="x",
        label="X",
        can=CAN,
        sign_in=SignIn.OAUTH,
        fields=(
            Field("client_id", said("Client ID"), said("Of your own app in X's developer console")),
            Field(
                CAP_SETTING,
                said("Most to spend a month, in US dollars"),
                said("X takes money for every post it shows. 5 if left empty; 0 fetches nothing"),
                optional=True,
            ),
            Field(
                "max_chars",
                said("Longest post"),
                said("280 if left empty. Only accounts that pay X may write more"),
                optional=True,
            ),
        ),
        about=said("Mentions, searches of the last week, answers to who named you; paid per post"),
        min_poll_s=MIN_POLL_S,
        unverified=True,
        redirect=REDIRECT,
        guide=(
            GuideStep(
                said("Sign in to X's developer console as the brand's own account and accept its "
                     "terms. X asks for a phone number."), CONSOLE,
            ),
            GuideStep(
                said("Do this as the account that shall be watched: when another account owns the "
                     "app, X takes five times as much for a mention, and our meter counts too "
                     "little."), is_trap=True,
            ),
            GuideStep(
                said("Buy credits, 5 dollars are enough to begin, and set a spending limit there. "
                     "Credits are not given back and do not end."), CONSOLE,
            ),
            GuideStep(
                said("Leave auto-recharge off: with it X buys more by itself when our cap is "
                     "wrong."), is_trap=True,
            ),
            GuideStep(
                said("Make an app in the package Pay-per-use, environment Production. An app "
                     "outside of it is refused as not enrolled."), CONSOLE,
            ),
            GuideStep(
                said("In the app's user authentication settings choose: Read and write, type "
                     "Native App. Then add these three callback addresses, letter by letter."),
                CONSOLE, copy=_ADDRESSES,
            ),
            GuideStep(
                said("Write 127.0.0.1, not localhost: X refuses localhost. Any address will do as "
                     "the website."), is_trap=True,
            ),
            GuideStep(
                said("Copy the Client ID of OAuth 2.0, not the API key, and paste it here. There "
                     "is no secret to paste."), CONSOLE,
            ),
            GuideStep(
                said("X lets programs answer only who named you or answered you. For posts found "
                     "by a search the answer opens in the browser, with your text on the "
                     "clipboard."), is_trap=True,
            ),
        ),
        versions=(VERSION,),
        keep=Keep(until_gone=True),
    )  # fmt: skip

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        """A connector for a known account. Raises AuthExpiredError without a usable secret."""
        server = Server(http, settings["client_id"], Tokens.unpacked(secret), keep_secret)
        me = Me(settings["own_id"], settings.get("handle", ""))
        return XConnector(server, me, _max_chars(settings))

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """Asks nothing of X. Raises RefusedError for fields that make no sense."""
        client_id = fields.get("client_id", "").strip()
        if not client_id or not client_id.isascii() or not client_id.isprintable():
            raise RefusedError(Refusal.OTHER, "not a client id")
        query = {
            "client_id": client_id,
            "redirect_uri": redirect_uri,
            "scope": SCOPES,
        }
        context = {"client_id": client_id, **_typed(fields)}
        return asking(AUTHORIZE, query, context, with_pkce=True)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """The code for tokens, and the account they belong to. Looking at it costs: that is owed
        and counted with the account's first call."""
        known = start.context
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": known["client_id"],
            "redirect_uri": redirect_uri,
            "code_verifier": known["verifier"],
        }
        kept = [ask_tokens(http, form, Tokens("")).packed()]
        server = Server(http, known["client_id"], Tokens.unpacked(kept[0]), kept.append)
        card = XConnector(server, Me("", ""), _max_chars(known)).card()
        settings = {
            "client_id": known["client_id"],
            "own_id": card.own.remote_id,
            "handle": card.own.handle,
            CAP_SETTING: known[CAP_SETTING],
            "max_chars": known["max_chars"],
            OWED_SETTING: str(prices.USER_READ),
        }
        return SignedIn(settings, kept[-1], card)


def _typed(fields: Mapping[str, str]) -> dict[str, str]:
    """The cap and the limit as typed, their defaults where nothing was."""
    cap, longest = fields.get(CAP_SETTING, "").strip(), fields.get("max_chars", "").strip()
    try:
        cap_typed = cap_text(read_cap(cap) if cap else DEFAULT_CAP)
        n = int(longest or MAX_CHARS)
    except ValueError:
        raise RefusedError(Refusal.OTHER, "a number was expected") from None
    return {CAP_SETTING: cap_typed, "max_chars": str(min(max(n, 1), LONGEST))}


def _max_chars(settings: Mapping[str, str]) -> int:
    try:
        return int(settings.get("max_chars", MAX_CHARS))
    except ValueError:
        return MAX_CHARS


NETWORK: Final = XNetwork()
