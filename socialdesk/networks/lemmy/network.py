"""A Lemmy server as a network: name and password for a token, which alone is kept."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.networks.base import (
    Field,
    GuideStep,
    KeepSecret,
    NetworkInfo,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.http import get_json, post_json
from socialdesk.networks.lemmy.api import Api, check
from socialdesk.networks.lemmy.connector import CAN, MIN_POLL_S, LemmyConnector, own_person
from socialdesk.networks.lemmy.dialect import DIALECTS, V3, Dialect
from socialdesk.networks.partial import NoBrowserSignIn


class LemmyNetwork(NoBrowserSignIn):
    """What the registry lists."""

    info = NetworkInfo(
        key="lemmy",
        label="Lemmy",
        about=said("Mentions, replies and searches on one instance"),
        can=CAN,
        sign_in=SignIn.PASSWORD,
        fields=(
            Field("server", said("Server"), said("lemmy.example")),
            Field("name", said("User name"), said("or the e-mail address of the account")),
            Field(
                "password",
                said("Password"),
                said("Used once to sign in and not kept"),
                secret=True,
            ),
            Field(
                "totp",
                said("Two-factor code"),
                said("Only if the account asks for one"),
                secret=True,
                optional=True,
            ),
        ),
        min_poll_s=MIN_POLL_S,
        guide=(
            GuideStep(said("Choose the server your account shall live on and open it in the "
                           "browser.")),
            GuideStep(said("Make an account of its own for your brand there, and say in its "
                           "profile who answers.")),
            GuideStep(said("Wait until the server has accepted it: many look at each application "
                           "by hand.")),
            GuideStep(said("Type server, user name and password here. With two-factor sign-in "
                           "type the code of this moment too.")),
            GuideStep(said("Lemmy has no keys for programs: this sign-in may do whatever the "
                           "account may. Never use your private account for it."), is_trap=True),
            GuideStep(said("Changing the password there ends this sign-in; then sign in again "
                           "here."), is_trap=True),
            GuideStep(said("To read everything in a community, watch the keyword "
                           "!community@server.")),
        ),
    )  # fmt: skip

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> LemmyConnector:
        """`settings`: `base`, `api` (v3, v4) and `own_id`, as `sign_in` gave them."""
        dialect = DIALECTS.get(settings.get("api", ""), V3)
        api = Api(http, settings["base"], dialect, secret.value if secret else "")
        return LemmyConnector(api, settings["own_id"])

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """One login; the password goes no further than this."""
        base = typed_base(fields.get("server", ""))
        dialect = _dialect_of(http, base)
        jwt = _log_in(http, base, dialect, fields)
        api = Api(http, base, dialect, jwt)
        own_id = str(own_person(api)["id"])
        settings = {"base": base, "api": dialect.version, "own_id": own_id}
        return SignedIn(settings, Secret(jwt), LemmyConnector(api, own_id).card())


def _dialect_of(http: requests.Session, base: str) -> Dialect:
    """The first version of the API that the server has."""
    for dialect in DIALECTS.values():
        try:
            site = get_json(http, f"{base}/api/{dialect.version}/site").data
        except RefusedError as e:
            if e.reason not in (Refusal.GONE, Refusal.OTHER):
                raise
            continue
        if isinstance(site, dict) and isinstance(site.get("version"), str):
            return dialect
    raise BadAnswerError("there is no Lemmy server at this address")


def _log_in(http: requests.Session, base: str, dialect: Dialect, fields: Mapping[str, str]) -> str:
    body: dict[str, Any] = {
        "username_or_email": fields.get("name", "").strip().removeprefix("@"),
        "password": fields.get("password", ""),
    }
    if code := "".join(fields.get("totp", "").split()):
        body["totp_2fa_token"] = code
    if dialect is not V3:
        body["stay_logged_in"] = True  # else the token lives for a week
    answer = post_json(http, f"{base}/api/{dialect.version}{dialect.login}", body, check=check)
    jwt = answer.data.get("jwt") if isinstance(answer.data, dict) else None
    if not isinstance(jwt, str) or not jwt:
        raise RefusedError(Refusal.NOT_APPROVED, "the server has not accepted this account yet")
    return jwt


def typed_base(typed: str) -> str:
    """The server's address without a slash at its end. Raises RefusedError."""
    typed = typed.strip().rpartition("@")[2]
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if "." not in host or " " in host:
        raise RefusedError(Refusal.OTHER, "not the address of a server")
    return f"https://{host}{f':{port}' if port else ''}"


NETWORK: Final = LemmyNetwork()
