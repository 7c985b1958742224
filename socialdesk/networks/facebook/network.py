"""A Facebook Page as a network: how to set up one's own Meta app, and signing in with it."""

from collections.abc import Mapping
from typing import Final

import requests

from socialdesk.domain.account import Can, Secret
from socialdesk.domain.errors import Refusal, RefusedError
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
from socialdesk.networks.facebook.connector import ANSWERS, CAN, MIN_POLL_S, FacebookConnector
from socialdesk.networks.meta.graph import FACEBOOK, VERSION, Graph
from socialdesk.networks.meta.sign_in import (
    APP_ID,
    APP_SECRET,
    APPS,
    DIALOG,
    Managed,
    begin,
    chosen,
    code_answer,
    long_lived,
    managed_pages,
    pasted_token,
    token_of,
)
from socialdesk.networks.tokens import Tokens

REDIRECT: Final = "https://www.facebook.com/connect/login_success.html"

# Each with the calls that need it (tested against the connector).
SCOPES: Final[Mapping[str, str]] = {
    "pages_show_list": "the list of Pages, posts that tag one",
    "pages_read_engagement": "the Page's own posts",
    "pages_read_user_content": "comments, and posts of visitors",
    "pages_manage_engagement": "answers, their edits and deletions",
    "pages_manage_posts": "posts of the Page",
    "pages_manage_metadata": "the Page's tasks",
}
_SECRET: Final = "app_secret"

_GUIDE: Final = (
    GuideStep(
        said(
            "Open Meta for Developers with the Facebook account that manages your Page, and press "
            "“Create app”. As use case choose “Manage everything on your Page”."
        ),
        APPS,
    ),
    GuideStep(
        said(
            "When it asks for a business portfolio, choose the one your Page is in. App and Page "
            "must be in the same one."
        )
    ),
    GuideStep(
        said(
            "Under “Facebook Login for Business”, “Settings”, paste this address into “Valid OAuth "
            "Redirect URIs”."
        ),
        copy=REDIRECT,
    ),
    GuideStep(
        said("Under “Use cases”, “Customise”, add these permissions to the app."),
        copy=",".join(SCOPES),
    ),
    GuideStep(
        said(
            "Under “App settings”, “Basic”, copy the app ID and the app secret into the fields "
            "here. Or leave both empty and paste the token of a System User of your business: it "
            "has no end, which is best for a computer that runs all day."
        ),
        APPS,
    ),
    GuideStep(
        said(
            "Until the app is switched to Live, nobody outside it sees what you send: your answer "
            "looks sent and the customer sees nothing. Fill in the addresses of your privacy "
            "policy and of data deletion, switch the app to Live, send one test answer, and look "
            "at it in a browser where you are not signed in."
        ),
        is_trap=True,
    ),
    GuideStep(
        said(
            "Everybody who answers from here needs a role in the app (App roles) and the right to "
            "moderate the Page. With that, Meta asks for no review of the app."
        ),
        is_trap=True,
    ),
    GuideStep(
        said(
            "Recommendations can no longer be read by any program. Let Facebook send them by mail "
            "and connect the mailbox. Who tags your Page in a post of their own mostly stays "
            "hidden: you see the words and the link, and answer in the browser."
        ),
        is_trap=True,
    ),
    GuideStep(
        said(
            "The sign-in ends when the Facebook password changes, when the role is taken away, or "
            "after 90 days without use. Then sign in here again; nothing is lost."
        ),
        is_trap=True,
    ),
)


class FacebookNetwork:
    """Sign-in by the dialog, whose last address is pasted, or by a pasted token."""

    info = NetworkInfo(
        key="facebook",
        label="Facebook Page",
        about=said("Comments on your Page, posts that tag it, and your own posts"),
        can=CAN,
        sign_in=SignIn.PASTED,
        fields=(
            APP_ID,
            APP_SECRET,
            Field(
                "page",
                said("Page"),
                said("Its name or number; only if you manage several"),
                optional=True,
            ),
            Field(
                "token",
                said("Access token"),
                said("Of a System User or of the Page, instead of signing in in the browser"),
                secret=True,
                optional=True,
            ),
        ),
        min_poll_s=MIN_POLL_S,
        tokens_pasted=True,
        redirect=Redirect(pasted=REDIRECT),
        guide=_GUIDE,
        versions=(VERSION,),
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        """`settings`: `page_id`, `tasks`. Raises AuthExpiredError without a usable secret."""
        tokens = Tokens.unpacked(secret)
        graph = Graph(http, FACEBOOK, lambda: tokens.access, tokens.rest.get(_SECRET, ""))
        return FacebookConnector(graph, settings["page_id"], _can(settings.get("tasks", "")))

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """With a pasted token: a person's, a System User's or the Page's own."""
        token = pasted_token(fields)
        app_id, app_secret = fields.get("app_id", "").strip(), fields.get(_SECRET, "").strip()
        if app_id and app_secret:
            token = long_lived(http, token, app_id, app_secret)
        return self._signed_in(http, token, app_secret, fields.get("page", ""))

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """Asks nothing of Facebook."""
        return begin(fields, DIALOG, ",".join(SCOPES), redirect_uri)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """The code for a token of hours, that for one of 60 days, that for the Page's own."""
        answer = code_answer(http, f"{FACEBOOK}/oauth/access_token", start, code, redirect_uri)
        app_id, app_secret = start.context["app_id"], start.context[_SECRET]
        token = long_lived(http, token_of(answer.data), app_id, app_secret)
        return self._signed_in(http, token, app_secret, start.context["page"])

    def _signed_in(
        self, http: requests.Session, token: str, app_secret: str, typed: str
    ) -> SignedIn:
        page = chosen(managed_pages(http, token, app_secret), typed)
        settings = {"page_id": page.page_id, "tasks": ",".join(page.tasks)}
        kept = Tokens(_page_token(page), rest={_SECRET: app_secret} if app_secret else {})
        secret = kept.packed()
        card = self.connect(http, settings, secret, lambda _: None).card()
        return SignedIn(settings, secret, card)


def _page_token(page: Managed) -> str:
    """A person's token gets empty lists of comments, and no error: only the Page's own will do."""
    if not page.token:
        raise RefusedError(
            Refusal.PERMISSION, f"no token for the Page {page.page_id} came with the sign-in"
        )
    return page.token


def _can(tasks: str) -> Can:
    """Without the tasks (a pasted Page token) everything is tried."""
    known = set(tasks.split(",")) - {""}
    can = CAN if not known or "MODERATE" in known else CAN & ~ANSWERS
    return can if not known or "CREATE_CONTENT" in known else can & ~Can.POST


NETWORK: Final = FacebookNetwork()
