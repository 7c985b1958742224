"""A site of Stack Exchange as a network: its name, a website, and a key where there is one."""

import re
from collections.abc import Mapping
from typing import Final
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
from socialdesk.networks.partial import NoBrowserSignIn
from socialdesk.networks.stackexchange.api import Api
from socialdesk.networks.stackexchange.connector import (
    CAN,
    MIN_POLL_S,
    StackExchangeConnector,
)

_OWN_HOSTS: Final = re.compile(r"(?:www\.)?([a-z0-9.-]+?)(?:\.stackexchange)?\.com")
_NAME: Final = re.compile(r"[a-z0-9.-]{2,64}")


class StackExchangeNetwork(NoBrowserSignIn):
    """A keyless source; a key of the person's own app only raises the day's quota."""

    info = NetworkInfo(
        key="stackexchange",
        label="Stack Exchange",
        about=said("Questions and answers with a tag or your words"),
        can=CAN,
        sign_in=SignIn.NONE,
        fields=(
            Field("site", said("Site"), said("stackoverflow, or cooking.stackexchange.com")),
            Field("website", said("Your website"),
                  said("shop.example: whatever links to it is a mention")),
            Field("key", said("Key of your app"),
                  said("Without one there are 300 calls a day; with one 10,000"),
                  secret=True, optional=True),
        ),
        min_poll_s=MIN_POLL_S,
        unverified=True,
        guide=(
            GuideStep(said("Reading needs no account. Type the site's name and your website; "
                           "names are then watched as keywords, tags as hashtags.")),
            GuideStep(said("For more than three watches make a key: open Stack Apps and sign in "
                           "with your account of any of these sites."),
                      url="https://stackapps.com/apps/oauth/register"),
            GuideStep(said("Register an application: any name and description, your website as "
                           "the address, your website's host as the domain.")),
            GuideStep(said("Copy the value called Key and paste it here. The client secret is "
                           "not needed.")),
            GuideStep(said("Answers are written in the browser, under your own name there.")),
            GuideStep(said("Who answers for a brand must say so in the answer, or it is deleted "
                           "as advertising."), is_trap=True),
        ),
    )  # fmt: skip

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> StackExchangeConnector:
        """`settings`: `site`, `host` and `website`, as `sign_in` gave them."""
        api = Api(http, settings["site"], secret.value if secret else "")
        return StackExchangeConnector(api, settings["host"], settings["website"])

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """One call, which tells the site's own address and whether the key is known."""
        site = typed_site(fields.get("site", ""))
        website = _host_of(fields.get("website", ""))
        key = fields.get("key", "").strip()
        settings = {"site": site, "host": _host_at(Api(http, site, key)), "website": website}
        secret = Secret(key) if key else None
        return SignedIn(settings, secret, self.connect(http, settings, secret, _keep).card())


def typed_site(typed: str) -> str:
    """The API's name of a site: its host without ".com", and without ".stackexchange"."""
    typed = typed.strip().lower()
    host = (_host_or_none(typed) or typed) if "." in typed else typed
    found = _OWN_HOSTS.fullmatch(host)
    name = found[1] if found else host
    if not _NAME.fullmatch(name):
        raise RefusedError(Refusal.OTHER, "not a site of Stack Exchange")
    return name


def _host_of(typed: str) -> str:
    host = _host_or_none(typed.strip()) or ""
    host = host.removeprefix("www.").rstrip(".")
    if "." not in host or " " in host:
        raise RefusedError(Refusal.OTHER, "not the address of a website")
    return host


def _host_or_none(typed: str) -> str | None:
    try:
        return urlsplit(typed if "://" in typed else f"https://{typed}").hostname
    except ValueError:
        return None


def _host_at(api: Api) -> str:
    """The site's own host, from a question's address."""
    told = api.get("/questions", {"pagesize": 1})
    link = told.items[0].get("link") if told.items and isinstance(told.items[0], dict) else None
    host = _host_or_none(link) if isinstance(link, str) else None
    if not host:
        raise BadAnswerError("the site did not say where it is")
    return host


def _keep(secret: Secret) -> None:
    """Nothing is ever renewed here."""


NETWORK: Final = StackExchangeNetwork()
