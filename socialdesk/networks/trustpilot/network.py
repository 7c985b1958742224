"""Trustpilot as a network: the person's own API key, which comes with a paid plan."""

from collections.abc import Mapping
from typing import Any, Final

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.networks.base import (
    Connector,
    Field,
    GuideStep,
    Keep,
    KeepSecret,
    NetworkInfo,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.partial import NoBrowserSignIn
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.trustpilot.api import Api, unit_path
from socialdesk.networks.trustpilot.connector import (
    MIN_POLL_S,
    READS,
    REPLIES,
    TrustpilotConnector,
)
from socialdesk.networks.trustpilot.units import Unit, find_unit

GUIDE: Final = (
    GuideStep(
        said(
            "This needs a paid Trustpilot plan with the Connect module. The free plan has no API "
            "key: there, add the mailbox that gets Trustpilot's notices instead (IMAP), and answer "
            "in the browser."
        ),
        url="https://business.trustpilot.com",
        is_trap=True,
    ),
    GuideStep(
        said("Sign in to Trustpilot for Business and open Integrations, then Developers, APIs."),
        url="https://business.trustpilot.com",
    ),
    GuideStep(said("Create an application and give it a name you will know again."),
              copy="SocialDesk"),
    GuideStep(said("Copy the API key and the API secret into the fields below. They go to your "
                   "system's keyring and nowhere else.")),
    GuideStep(said("Type your website as it stands in the address of your Trustpilot page.")),
    GuideStep(
        said(
            "A website with www. and the same one without may be two different businesses there: "
            "look which one has your reviews."
        ),
        is_trap=True,
    ),
    GuideStep(
        said(
            "Replies are posted in the name of one user of your plan. Leave the user id empty when "
            "there is only one; else ask Trustpilot's support for the id."
        )
    ),
)  # fmt: skip


class TrustpilotNetwork(NoBrowserSignIn):
    """Client credentials: no browser, and no refresh token to lose."""

    info = NetworkInfo(
        key="trustpilot",
        label="Trustpilot",
        about=said("All reviews of your business, and your answers; needs a paid plan there"),
        can=READS | REPLIES,
        sign_in=SignIn.PASSWORD,
        fields=(
            Field("domain", said("Website"), said("shop.example, as your Trustpilot page has it")),
            Field("key", said("API key"), secret=True),
            Field("secret", said("API secret"), secret=True),
            Field(
                "author",
                said("User id for replies"),
                said("Only when your plan has several users; without it reviews are only read"),
                optional=True,
            ),
        ),
        min_poll_s=MIN_POLL_S,
        unverified=True,
        guide=GUIDE,
        keep=Keep(hours=24, until_gone=True),
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        """`settings`: `unit`, `domain`, `name`, `author`, as `sign_in` gave them."""
        unit = Unit(settings["unit"], settings["domain"], settings.get("name", ""))
        api = Api(http, Tokens.unpacked(secret), keep_secret)
        return TrustpilotConnector(api, unit, settings.get("author", ""))

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """Tries the key, the token and one private call: only that tells whether the plan has the
        Connect module."""
        rest = {name: _key_of(fields.get(name, "")) for name in ("key", "secret")}
        kept: list[Secret] = []
        api = Api(http, Tokens("", rest=rest), kept.append)
        unit = find_unit(api, fields.get("domain", ""))
        api.get(unit_path(unit.id, "/reviews"), {"perPage": "1"})
        author = fields.get("author", "").strip() or _only_user(api, unit)
        settings = {"unit": unit.id, "domain": unit.domain, "name": unit.name, "author": author}
        return SignedIn(settings, kept[-1], TrustpilotConnector(api, unit, author).card())


def _key_of(typed: str) -> str:
    key = typed.strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise RefusedError(Refusal.OTHER, "not an API key or secret")
    return key


def _only_user(api: Api, unit: Unit) -> str:
    """The id of the plan's user when it has just one; "" when that cannot be told."""
    try:
        data: Any = api.get(unit_path(unit.id, "/business-users"))
        users = data["businessUsers"]
        ids = [str(user["id"]) for user in users]
    except (RefusedError, BadAnswerError, KeyError, TypeError):
        return ""
    return ids[0] if len(ids) == 1 else ""


NETWORK: Final = TrustpilotNetwork()
