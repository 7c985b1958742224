"""Hacker News as a network: a website is all it takes."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.networks.base import (
    Field,
    GuideStep,
    KeepSecret,
    NetworkInfo,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.hackernews.connector import CAN, MIN_POLL_S, HackerNewsConnector
from socialdesk.networks.partial import NoBrowserSignIn


class HackerNewsNetwork(NoBrowserSignIn):
    """A keyless source: see the package's docstring."""

    info = NetworkInfo(
        key="hackernews",
        label="Hacker News",
        about=said("Stories and comments that name your site or words"),
        can=CAN,
        sign_in=SignIn.NONE,
        fields=(
            Field(
                "site",
                said("Your website"),
                said("shop.example: whatever links to it is a mention"),
            ),
        ),
        min_poll_s=MIN_POLL_S,
        unverified=True,
        guide=(
            GuideStep(said("No account and no key is needed to read Hacker News.")),
            GuideStep(said("Type your website's address. Stories and comments that link to it "
                           "will arrive.")),
            GuideStep(said("Then watch your brand's name as a keyword, one watch a name.")),
            GuideStep(said("To answer, make an account of your own there. The answer is written "
                           "in the browser; your text waits on the clipboard."),
                      url="https://news.ycombinator.com/login"),
            GuideStep(said("Advertising is not welcome there: say who you are, and answer the "
                           "question that was asked."), is_trap=True),
        ),
    )  # fmt: skip

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> HackerNewsConnector:
        """`settings`: `site`."""
        return HackerNewsConnector(http, settings["site"])

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """Look that the search answers."""
        settings = {"site": typed_site(fields.get("site", ""))}
        return SignedIn(settings, None, HackerNewsConnector(http, settings["site"]).card())


def typed_site(typed: str) -> str:
    """The host of what was typed, without www. Raises RefusedError."""
    typed = typed.strip()
    try:
        host = urlsplit(typed if "://" in typed else f"https://{typed}").hostname or ""
    except ValueError:
        host = ""
    host = host.removeprefix("www.").rstrip(".")
    if "." not in host or " " in host:
        raise RefusedError(Refusal.OTHER, "not the address of a website")
    return host


NETWORK: Final = HackerNewsNetwork()
