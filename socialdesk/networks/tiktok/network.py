"""TikTok as a network: the person's own app, once TikTok has approved it."""

from collections.abc import Mapping
from typing import Final

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.mentions.mention import Author
from socialdesk.networks.base import (
    Connector,
    Field,
    GuideStep,
    KeepSecret,
    NetworkInfo,
    OAuthStart,
    Redirect,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.oauth import asking
from socialdesk.networks.partial import OnlyBrowserSignIn
from socialdesk.networks.tiktok.api import VERSION, Api, token_answer
from socialdesk.networks.tiktok.connector import CAN, MIN_POLL_S, TikTokConnector, read_account
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.values import id_of

AUTHORIZE: Final = "https://www.tiktok.com/v2/auth/authorize/"
PORTAL: Final = "https://business-api.tiktok.com/portal/"
REDIRECT: Final = "https://localhost/socialdesk"
SCOPE: Final = (
    "user.info.basic,user.info.username,user.info.stats,video.list,comment.list,comment.list.manage"
)

GUIDE: Final = (
    GuideStep(
        said(
            "TikTok opens this only to apps it has approved (API for Business, Accounts API). That "
            "takes weeks, and small firms rarely get it. Without it, add the mailbox that receives "
            "TikTok's notices (IMAP) and answer in the app."
        ),
        is_trap=True,
    ),
    GuideStep(said("Switch your TikTok account to a business account: a personal one is refused.")),
    GuideStep(
        said("Register as a developer in the portal of the API for Business and create an app."),
        url=PORTAL,
        copy="SocialDesk",
    ),
    GuideStep(
        said(
            "Ask for the permissions of TikTok Accounts: Account User, Get Account Media, Account "
            "Comment. Ask for Mentions too, if you want to see who names you elsewhere."
        ),
        url=PORTAL,
    ),
    GuideStep(
        said("Enter this address as redirect address, letter by letter."), url=PORTAL, copy=REDIRECT
    ),
    GuideStep(said("Copy the app's ID and secret into the fields.")),
    GuideStep(
        said(
            "Sign in with the business account. At the end the browser shows a page that cannot be "
            "reached: that is right. Copy the whole address bar and paste it here at once; the "
            "code in it ends soon."
        )
    ),
    GuideStep(
        said(
            "An answer may have 150 characters, and equal texts are filtered: keep short templates "
            "ready, in several wordings."
        ),
        is_trap=True,
    ),
)


class TikTokNetwork(OnlyBrowserSignIn):
    """OAuth of the account's holder, with the app's secret; no loopback address is taken."""

    info = NetworkInfo(
        key="tiktok",
        label="TikTok",
        about=said("Comments on your videos, with an app that TikTok has approved"),
        can=CAN,
        sign_in=SignIn.PASTED,
        fields=(
            Field("client_id", said("App ID"), said("Of your own approved app")),
            Field("client_secret", said("App secret"), secret=True),
        ),
        min_poll_s=MIN_POLL_S,
        unverified=True,
        redirect=Redirect(pasted=REDIRECT),
        guide=GUIDE,
        versions=(VERSION,),
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        """`settings`: `business_id` and `username`, as `finish_oauth` gave them."""
        own = Author(settings["business_id"], settings["username"])
        api = Api(http, own.remote_id, Tokens.unpacked(secret), keep_secret)
        return TikTokConnector(api, own)

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """Asks nothing of TikTok yet."""
        app = {name: fields.get(name, "").strip() for name in ("client_id", "client_secret")}
        if not all(app.values()):
            raise RefusedError(Refusal.OTHER, "the app's ID and secret are needed")
        query = {
            "client_key": app["client_id"],
            "redirect_uri": redirect_uri,
            "scope": SCOPE,
        }
        return asking(AUTHORIZE, query, app)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """The code for tokens; the account is the one that the answer names."""
        app = dict(start.context)
        body = {
            **app,
            "grant_type": "authorization_code",
            "auth_code": code,
            "redirect_uri": redirect_uri,
        }
        before = Tokens("", rest=app)
        tokens, data = token_answer(http, "/tt_user/oauth2/token/", body, before)
        try:
            business_id = id_of(data["open_id"])
        except (KeyError, TypeError, ValueError) as e:
            raise BadAnswerError("no account came with the tokens") from e
        kept = [tokens.packed()]
        api = Api(http, business_id, tokens, kept.append)
        own = read_account(api, business_id)
        settings = {"business_id": business_id, "username": own.handle}
        return SignedIn(settings, kept[-1], TikTokConnector(api, own).card())


NETWORK: Final = TikTokNetwork()
