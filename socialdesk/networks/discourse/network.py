"""A forum as a network: its address, and a key that the person allows in the browser."""

import json
import secrets
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.networks.base import (
    Connector,
    Field,
    GuideStep,
    KeepSecret,
    NetworkInfo,
    OAuthStart,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.discourse.api import Api
from socialdesk.networks.discourse.connector import (
    CAN,
    MIN_CHARS,
    MIN_POLL_S,
    DiscourseConnector,
    read_limits,
)
from socialdesk.networks.discourse.lists import TYPES, USUAL_NUMBERS
from socialdesk.networks.discourse.payload import api_key_in, new_key_pair
from socialdesk.networks.http import get_json
from socialdesk.networks.oauth import new_state
from socialdesk.networks.partial import OnlyBrowserSignIn

APP_NAME: Final = "SocialDesk"
SCOPES: Final = "read,write,notifications,session_info"


class DiscourseNetwork(OnlyBrowserSignIn):
    """What the registry lists."""

    info = NetworkInfo(
        key="discourse",
        label="Discourse",
        about=said("Mentions, replies and searches in one forum"),
        can=CAN,
        sign_in=SignIn.PASTED,
        fields=(Field("server", said("Address of the forum"), said("forum.example")),),
        min_poll_s=MIN_POLL_S,
        guide=(
            GuideStep(said("Sign in to the forum in your browser, as the account that shall "
                           "answer there.")),
            GuideStep(said("Type the forum's address here and continue. The forum opens a page "
                           "that asks whether SocialDesk may read and write for you.")),
            GuideStep(said("Press Authorize there. The forum then shows a long block of letters "
                           "and digits.")),
            GuideStep(said("Copy the whole block, paste it here, and finish.")),
            GuideStep(said("The block opens only in this one sign-in. If you closed the window or "
                           "began again, authorize again and paste the new block."), is_trap=True),
            GuideStep(said("New members may have no right to such keys: if the forum says so, "
                           "take part for some days, or ask its team to lower \"min trust level "
                           "for user api key\"."), is_trap=True),
            GuideStep(said("Forums take no answer under 20 characters, and the first posts of a "
                           "new account wait for a moderator."), is_trap=True),
            GuideStep(said("You can take the right back at any time: your profile on the forum, "
                           "Preferences, Apps.")),
        ),
    )  # fmt: skip

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        """`settings`: `base`, `username`, `client_id`, `types`, `min_chars`, as signed in."""
        key = secret.value if secret else ""
        api = Api(http, settings["base"], key, settings.get("client_id", ""))
        numbers = _numbers_from(settings.get("types", ""))
        least = settings.get("min_chars", "")
        return DiscourseConnector(
            api, settings["username"], numbers, int(least) if least.isdecimal() else MIN_CHARS
        )

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """Look that a forum is there, and make the key that opens its answer."""
        base = typed_base(fields.get("server", ""))
        _look_for_forum(http, base)
        pair, nonce = new_key_pair(), secrets.token_hex(16)
        # one of its own for each account: the forum drops the older key of the same client
        client_id = secrets.token_hex(16)
        query = {
            "application_name": APP_NAME,
            "client_id": client_id,
            "scopes": SCOPES,
            "public_key": pair.public,
            "nonce": nonce,
        }
        context = {"base": base, "client_id": client_id, "nonce": nonce, "private": pair.private}
        return OAuthStart(f"{base}/user-api-key/new?{urlencode(query)}", new_state(), context)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """`code`: the text that the forum showed."""
        known = start.context
        key = api_key_in(code, known["private"], known["nonce"])
        api = Api(http, known["base"], key, known["client_id"])
        settings = {
            "base": known["base"],
            "client_id": known["client_id"],
            "username": _username(api),
            "types": json.dumps(_numbers_of(api.get("/site.json"))),
            "min_chars": str(read_limits(api)[0]),
        }
        secret = Secret(key)
        card = self.connect(http, settings, secret, lambda _: None).card()
        return SignedIn(settings, secret, card)


def typed_base(typed: str) -> str:
    """The forum's address without a slash at its end; a topic's address does as well. Raises
    RefusedError."""
    typed = typed.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if not host or "." not in host or parts.scheme not in ("https", "http"):
        raise RefusedError(Refusal.OTHER, "not the address of a forum")
    folder = parts.path
    for page in ("/t/", "/u/", "/c/", "/latest", "/categories", "/top"):
        folder = folder.partition(page)[0]
    return f"https://{host}{f':{port}' if port else ''}{folder.rstrip('/')}"


def _look_for_forum(http: requests.Session, base: str) -> None:
    """/site/basic-info.json is public, on forums that ask for a sign-in too."""
    data = get_json(http, f"{base}/site/basic-info.json").data
    if not isinstance(data, dict) or not isinstance(data.get("title"), str):
        raise BadAnswerError("there is no Discourse forum at this address")


def _username(api: Api) -> str:
    user = api.get("/session/current.json").get("current_user")
    name = user.get("username") if isinstance(user, dict) else None
    if not isinstance(name, str) or not name:
        raise BadAnswerError(f"{api.host} did not say who we are")
    return name


def _numbers_of(site: Mapping[str, Any]) -> dict[str, int]:
    """What this forum calls the notifications we read."""
    told = site.get("notification_types")
    if not isinstance(told, dict):
        return dict(USUAL_NUMBERS)
    return {name: told[name] for name in TYPES if type(told.get(name)) is int}


def _numbers_from(saved: str) -> dict[str, int]:
    try:
        return {str(name): int(number) for name, number in json.loads(saved).items()}
    except (ValueError, TypeError, AttributeError):
        return dict(USUAL_NUMBERS)


NETWORK: Final = DiscourseNetwork()
