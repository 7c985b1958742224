"""YouTube as a network: the person's own Google Cloud project, and the channel they choose in the
browser. A Google account with several channels asks there which one; each is an account here."""

from collections.abc import Mapping
from typing import Final

import requests

from socialdesk.domain.account import Secret
from socialdesk.networks.base import (
    Connector,
    GuideStep,
    Keep,
    KeepSecret,
    NetworkInfo,
    OAuthStart,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.google import sign_in
from socialdesk.networks.google.api import GoogleApi
from socialdesk.networks.partial import OnlyBrowserSignIn
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.youtube.connector import CAN, MIN_POLL_S, YouTubeConnector, card_of
from socialdesk.networks.youtube.people import read_own

SCOPE: Final = "https://www.googleapis.com/auth/youtube.force-ssl"  # comments have no narrower one

GUIDE: Final = (
    *sign_in.steps_before(
        SCOPE,
        (
            GuideStep(
                said("In this project open YouTube Data API v3 and press Enable."),
                url="https://console.cloud.google.com/apis/library/youtube.googleapis.com",
            ),
        ),
    ),
    GuideStep(
        said(
            "Choose the channel in the browser: a brand channel stands there beside your own name. "
            "For another channel add another account here, with the same client."
        )
    ),
    GuideStep(
        said(
            "Google gives a project 10,000 units a day, enough to look every two minutes and to "
            "send about 150 answers, and 100 searches: put all names into one keyword watch, with "
            "| between them. What is used up comes back at midnight in California."
        ),
        is_trap=True,
    ),
)


class YouTubeNetwork(OnlyBrowserSignIn):
    """What the registry lists."""

    info = NetworkInfo(
        key="youtube",
        label="YouTube",
        can=CAN,
        sign_in=SignIn.OAUTH,
        fields=sign_in.FIELDS,
        min_poll_s=MIN_POLL_S,
        guide=GUIDE,
        about=said("Comments on your channel, also held ones, and videos that name you"),
        keep=Keep(hours=30 * 24),  # developer policies: stored data is refreshed or deleted
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        """`settings`: `client_id` and `channel_id`, as `finish_oauth` gave them."""
        api = GoogleApi(http, settings["client_id"], Tokens.unpacked(secret), keep_secret)
        return YouTubeConnector(api, settings["channel_id"])

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """The address of Google's consent."""
        return sign_in.begin(fields, SCOPE, redirect_uri)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """Tokens, and the channel they are for."""
        tokens = sign_in.finish(http, start, code, redirect_uri, SCOPE)
        kept = [tokens.packed()]
        client_id = start.context["client_id"]
        own = read_own(GoogleApi(http, client_id, tokens, kept.append))
        settings = {"client_id": client_id, "channel_id": own.remote_id}
        return SignedIn(settings, kept[-1], card_of(own))


NETWORK: Final = YouTubeNetwork()
