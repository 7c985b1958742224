"""Google Business as a network: the person's own Google Cloud project, which Google has to approve
for this API, and one location of theirs."""

from collections.abc import Mapping
from typing import Final

import requests

from socialdesk.domain.account import Secret
from socialdesk.networks.base import (
    Connector,
    Field,
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
from socialdesk.networks.google_business.connector import (
    MIN_POLL_S,
    READS,
    REPLIES,
    GoogleBusinessConnector,
    card_of,
)
from socialdesk.networks.google_business.places import find_place, place_from
from socialdesk.networks.partial import OnlyBrowserSignIn
from socialdesk.networks.tokens import Tokens

SCOPE: Final = "https://www.googleapis.com/auth/business.manage"

GUIDE: Final = (
    *sign_in.steps_before(
        SCOPE,
        (
            GuideStep(
                said(
                    "In this project search the API library for My Business Account Management API "
                    "and My Business Business Information API, and press Enable for both."
                ),
                url="https://console.cloud.google.com/apis/library?q=my%20business",
            ),
            GuideStep(
                said(
                    "Send Google the form Application for Basic API Access, with the number of "
                    "your project, as owner or manager of a profile that has been verified for 60 "
                    "days and shows your website. Reason: to manage and answer reviews of our own "
                    "locations."
                ),
                url="https://support.google.com/business/contact/api_default",
                copy="To manage and answer reviews of our own locations.",
            ),
            GuideStep(
                said(
                    "Google takes days to weeks. Under Quotas of the two APIs 0 a minute means "
                    "still waiting, and signing in here says so; 300 means approved: then enable "
                    "Google My Business API too. Until then add the mailbox that gets Google's "
                    "review notices."
                ),
                url="https://console.cloud.google.com/iam-admin/quotas",
                is_trap=True,
            ),
        ),
    ),
    GuideStep(
        said(
            "A review has room for one answer, and Google looks at it before others see it: phone "
            "numbers, links and offers are often rejected."
        ),
        is_trap=True,
    ),
)


class GoogleBusinessNetwork(OnlyBrowserSignIn):
    """What the registry lists. Its answers were never tried against the live service: Google
    publishes no discovery document of the reviews."""

    info = NetworkInfo(
        key="google_business",
        label="Google Business",
        can=READS | REPLIES,
        sign_in=SignIn.OAUTH,
        fields=(
            *sign_in.FIELDS,
            Field(
                "location",
                said("Location"),
                said("Only if you manage several: its street, its store code, or its name"),
                optional=True,
            ),
        ),
        min_poll_s=MIN_POLL_S,
        unverified=True,
        guide=GUIDE,
        about=said("Reviews of one location on Google Search and Maps, and your answers"),
        keep=Keep(hours=30 * 24),  # sheet §8: refreshed or deleted, as on YouTube
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        """`settings`: `client_id` and a place's, as `finish_oauth` gave them."""
        api = GoogleApi(http, settings["client_id"], Tokens.unpacked(secret), keep_secret)
        return GoogleBusinessConnector(api, place_from(settings))

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """The address of Google's consent."""
        return sign_in.begin(fields, SCOPE, redirect_uri)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """Tokens, and the location that was meant."""
        tokens = sign_in.finish(http, start, code, redirect_uri, SCOPE)
        kept = [tokens.packed()]
        client_id = start.context["client_id"]
        api = GoogleApi(http, client_id, tokens, kept.append)
        place = find_place(api, start.context.get("location", ""))
        settings = {"client_id": client_id, **place.settings()}
        return SignedIn(settings, kept[-1], card_of(place))


NETWORK: Final = GoogleBusinessNetwork()
