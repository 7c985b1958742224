"""Bluesky as a network: what it needs to sign in, and signing in with an app password."""

import base64
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.networks.base import (
    Field,
    KeepSecret,
    NetworkInfo,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.bluesky.connector import CAN, BlueskyConnector
from socialdesk.networks.bluesky.xrpc import Xrpc, checked, error_name, read_tokens, tokens_of
from socialdesk.networks.http import send
from socialdesk.networks.partial import NoBrowserSignIn

ENTRY = "https://bsky.social"
MAIN_PASSWORD = "main_password"  # settings key, "1" when that was typed instead of an app password
_APP_PASSWORD = re.compile(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}")


class BlueskyNetwork(NoBrowserSignIn):
    """Sign-in by app password; OAuth would need a public page of ours and ES256."""

    info = NetworkInfo(
        key="bluesky",
        label="Bluesky",
        about=said("Mentions, replies, quotes and searches"),
        can=CAN,
        sign_in=SignIn.PASSWORD,
        fields=(
            Field(
                "handle",
                said("Handle"),
                said("shop.bsky.social, or the e-mail address of the account"),
            ),
            Field(
                "password",
                said("App password"),
                said(
                    "Make one in Bluesky: Settings, Privacy and security, App passwords. It can be "
                    "taken back alone; the main password opens everything."
                ),
                secret=True,
            ),
            Field(
                "server",
                said("Server"),
                said("Only when the account is not on bsky.social"),
                optional=True,
            ),
        ),
        min_poll_s=60,
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> BlueskyConnector:
        """`settings`: `did` and `pds`, as `sign_in` gave them."""
        pds = settings["pds"]
        tokens = read_tokens(secret) if secret else None
        server = urlsplit(pds).hostname or pds
        return BlueskyConnector(Xrpc(http, pds, tokens, keep_secret), settings["did"], server)

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """One createSession: the server allows 30 in five minutes and 300 a day."""
        entry = _server(fields.get("server", ""))
        session = _create_session(http, entry, _identifier(fields["handle"]), fields["password"])
        tokens = tokens_of(session)
        try:
            settings = {"did": str(session["did"]), "pds": _pds(session) or entry}
        except (KeyError, TypeError) as e:
            raise BadAnswerError("a session we cannot read") from e
        if _is_main_password(tokens.access, fields["password"]):
            settings[MAIN_PASSWORD] = "1"
        kept = [tokens.secret()]
        card = self.connect(http, settings, kept[0], kept.append).card()
        return SignedIn(settings, kept[-1], card)


def _create_session(http: requests.Session, entry: str, identifier: str, password: str) -> Any:
    answer = send(
        http,
        "POST",
        f"{entry}/xrpc/com.atproto.server.createSession",
        json_body={"identifier": identifier, "password": password},
    )
    if error_name(answer) == "AuthFactorTokenRequired":
        raise RefusedError(
            Refusal.PERMISSION, "the main password asks for a code by e-mail: use an app password"
        )
    return checked(answer)


def _identifier(typed: str) -> str:
    """A handle without its @, a DID or an e-mail address; a bare name is one of bsky.social."""
    name = typed.strip().removeprefix("@")
    return name if set(name) & set(".:@") else f"{name}.bsky.social"


def _server(typed: str) -> str:
    """An origin without a slash at its end."""
    typed = typed.strip().rstrip("/")
    if not typed:
        return ENTRY
    return typed if "://" in typed else f"https://{typed}"


def _pds(session: Any) -> str:
    """The account's own server as its DID document names it, "" when there is none."""
    document = session.get("didDoc")
    services = document.get("service") if isinstance(document, dict) else None
    for service in services if isinstance(services, list) else ():
        if isinstance(service, dict) and str(service.get("id", "")).endswith("#atproto_pds"):
            return _server(str(service.get("serviceEndpoint", ""))) if service else ""
    return ""


def _is_main_password(access_token: str, password: str) -> bool:
    """The token's scope tells; where it cannot be read, the form of the password does."""
    try:
        part = access_token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return bool(claims["scope"] == "com.atproto.access")
    except (ValueError, IndexError, KeyError, TypeError):
        return not _APP_PASSWORD.fullmatch(password)


NETWORK = BlueskyNetwork()
