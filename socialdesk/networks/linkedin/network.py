"""LinkedIn as a network: the person's own app, once LinkedIn has approved it."""

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
    OAuthStart,
    Redirect,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.linkedin.api import VERSION, Api, new_tokens
from socialdesk.networks.linkedin.connector import CAN, MIN_POLL_S, LinkedInConnector
from socialdesk.networks.oauth import asking
from socialdesk.networks.partial import OnlyBrowserSignIn
from socialdesk.networks.tokens import Tokens

AUTHORIZE: Final = "https://www.linkedin.com/oauth/v2/authorization"
REDIRECT: Final = "https://localhost/socialdesk"
APPS: Final = "https://www.linkedin.com/developers/apps"
SCOPE: Final = "r_organization_social w_organization_social rw_organization_admin"

GUIDE: Final = (
    GuideStep(
        said(
            "LinkedIn opens this only to apps it has approved, and small firms rarely get that. "
            "Without it, add the mailbox that receives LinkedIn's notices (IMAP) and answer in the "
            "browser: that works today."
        ),
        is_trap=True,
    ),
    GuideStep(
        said("Create an app on LinkedIn's page for developers and link it to your company page."),
        url=APPS,
        copy="SocialDesk",
    ),
    GuideStep(
        said(
            "Under Products, apply for the Community Management API as a registered company. The "
            "Development tier allows few calls a day: enough for one page."
        ),
        url=APPS,
    ),
    GuideStep(
        said("Under Auth, add this redirect address, letter by letter."), url=APPS, copy=REDIRECT
    ),
    GuideStep(said("Copy the client ID and the client secret from the same page into the fields.")),
    GuideStep(
        said(
            "Sign in as an administrator of the page. At the end the browser shows a page that "
            "cannot be reached: that is right. Copy the whole address bar and paste it here."
        )
    ),
    GuideStep(
        said(
            "LinkedIn wants members' words gone after two days: they are blanked here then, and "
            "left out of exports and of the CRM."
        ),
        is_trap=True,
    ),
    GuideStep(
        said("Without a refresh token, the sign-in ends after 60 days and must be done again."),
        is_trap=True,
    ),
)  # fmt: skip


class LinkedInNetwork(OnlyBrowserSignIn):
    """Three-legged OAuth with a secret; no PKCE is offered to such apps."""

    info = NetworkInfo(
        key="linkedin",
        label="LinkedIn",
        about=said("Comments on your company page; needs LinkedIn's approval"),
        can=CAN,
        sign_in=SignIn.PASTED,
        fields=(
            Field("client_id", said("Client ID"), said("Of your own app, under Auth")),
            Field("client_secret", said("Client secret"), secret=True),
            Field(
                "page",
                said("Page number"),
                said("Only when you administer several pages"),
                optional=True,
            ),
        ),
        min_poll_s=MIN_POLL_S,
        unverified=True,
        redirect=Redirect(pasted=REDIRECT),
        guide=GUIDE,
        versions=(VERSION,),
        keep=Keep(hours=48, is_exported=False, until_gone=True),
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        """`settings`: `page`, its URN, as `finish_oauth` gave it."""
        return LinkedInConnector(Api(http, Tokens.unpacked(secret), keep_secret), settings["page"])

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """Asks nothing of LinkedIn yet."""
        known = {key: fields.get(key, "").strip() for key in ("client_id", "client_secret", "page")}
        if not known["client_id"] or not known["client_secret"]:
            raise RefusedError(Refusal.OTHER, "the client ID and the secret are needed")
        query = {
            "client_id": known["client_id"],
            "redirect_uri": redirect_uri,
            "scope": SCOPE,
        }
        return asking(AUTHORIZE, query, known)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """The code for tokens, and the page they are for."""
        known = start.context
        app = {"client_id": known["client_id"], "client_secret": known["client_secret"]}
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        tokens = new_tokens(http, {**form, **app}, Tokens("", rest=app))
        kept = [tokens.packed()]
        api = Api(http, tokens, kept.append)
        page = _own_page(api, known["page"])
        return SignedIn({"page": page}, kept[-1], LinkedInConnector(api, page).card())


def _own_page(api: Api, typed: str) -> str:
    """The URN of the one page that the person administers, or that was typed."""
    path = "organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED"
    items: list[Any] = api.elements(path)[0]
    pages = [page for item in items if (page := _page_of(item))]
    wanted = [page for page in pages if page.rpartition(":")[2] == typed.rpartition(":")[2]]
    if not pages:
        raise RefusedError(Refusal.PERMISSION, "you administer no page there")
    if typed and not wanted:
        raise RefusedError(Refusal.PERMISSION, "you do not administer this page")
    if not typed and len(pages) > 1:
        numbers = ", ".join(page.rpartition(":")[2] for page in pages[:10])
        raise RefusedError(Refusal.OTHER, f"you administer several pages: {numbers}")
    return (wanted or pages)[0]


def _page_of(item: Any) -> str:
    """The page of one role; "" for another kind of organisation."""
    try:
        page = str(item["organization"])
    except (KeyError, TypeError) as e:
        raise BadAnswerError("the list of pages came unreadably") from e
    return page if page.startswith("urn:li:organization:") else ""


NETWORK: Final = LinkedInNetwork()
