"""Instagram as a network: how to set up one's own app, and the two ways of signing in with it.

Through Instagram: no Facebook Page is needed, comments only. Through Facebook, with a pasted token
of the Page linked to the account: photo tags, hashtags and other professionals' profiles too.
"""

from collections.abc import Mapping
from typing import Any, Final

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
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
from socialdesk.networks.instagram.connector import (
    CAN,
    ME_FIELDS,
    MIN_POLL_S,
    InstagramConnector,
    Me,
)
from socialdesk.networks.meta.graph import FACEBOOK, VERSION, Graph
from socialdesk.networks.meta.long_lived import RENEWED_AT, LongLived, exchanged, stamped
from socialdesk.networks.meta.sign_in import (
    APPS,
    PASTED_TOKEN,
    RENEWED_WEEKLY,
    begin,
    chosen,
    code_answer,
    long_lived,
    managed_pages,
    pasted_token,
    token_of,
)
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.values import id_of, text_of

HOST: Final = "https://graph.instagram.com"
API: Final = f"{HOST}/{VERSION.name}"
DIALOG: Final = "https://www.instagram.com/oauth/authorize"
CODE_URL: Final = "https://api.instagram.com/oauth/access_token"
REDIRECT: Final = "https://localhost/socialdesk"
OF_FACEBOOK: Final = "EA"  # how tokens of Facebook begin; Instagram's begin with "IG"

# Each with the calls that need it (tested against the connector).
SCOPES: Final[Mapping[str, str]] = {
    "instagram_business_basic": "the account and its media",
    "instagram_business_manage_comments": "comments, answers, their deletion",
}
FACEBOOK_SCOPES: Final[Mapping[str, str]] = {
    "instagram_basic": "the account, its media, photo tags, hashtags, profiles",
    "instagram_manage_comments": "comments, answers, their deletion",
    "pages_show_list": "the Page linked to the account",
    "pages_read_engagement": "the account linked to the Page",
}
_SECRET: Final = "app_secret"

_GUIDE: Final = (
    GuideStep(
        said(
            "Make the Instagram account a professional one, if it is not: Settings, Account type "
            "and tools. Of a personal account no program gets anything."
        ),
        "https://www.instagram.com/accounts/convert_to_professional_account/",
    ),
    GuideStep(
        said(
            "Open Meta for Developers and press “Create app”. As use case choose “Manage messaging "
            "and content on Instagram”."
        ),
        APPS,
    ),
    GuideStep(
        said(
            "Under “App roles” add the account as an Instagram tester, and accept the invitation "
            "on Instagram: Settings, Website permissions, Apps and websites, Tester invites."
        ),
        "https://www.instagram.com/accounts/manage_access/",
        is_trap=True,
    ),
    GuideStep(
        said(
            "The easy way: in the use case, under “API setup with Instagram login”, press "
            "“Generate token” beside the account and paste the token here."
        ),
        APPS,
    ),
    GuideStep(
        said(
            "Or sign in in the browser: under “Business login settings” paste this address into "
            "“OAuth redirect URIs”, and copy the Instagram app ID and secret from there. At the "
            "end the browser shows an error page: copy its whole address and paste it here."
        ),
        copy=REDIRECT,
    ),
    GuideStep(
        said(
            "For photo tags and hashtags too, paste a token of Facebook instead, of a System User "
            "of your business, with these permissions. The account must be linked to your Page."
        ),
        copy=",".join(FACEBOOK_SCOPES),
    ),
    GuideStep(
        said(
            "Until the app is switched to Live, nobody outside it sees your answers. Switch it to "
            "Live, send one test answer, and look at it in a browser where you are not signed in."
        ),
        is_trap=True,
    ),
    GuideStep(
        said(
            "Who names you in a caption or comment elsewhere cannot be found out by a program on "
            "your computer: Instagram tells that to servers only. Photo tags are found. At most 30 "
            "different hashtags can be watched in 7 days, after a review of your app by Meta."
        ),
        is_trap=True,
    ),
    RENEWED_WEEKLY,
)


class InstagramNetwork:
    """Sign-in by a pasted token of either kind, or in the browser, whose last address is pasted."""

    info = NetworkInfo(
        key="instagram",
        label="Instagram",
        about=said("Comments on your own posts, photos that tag you, hashtags"),
        can=CAN,
        sign_in=SignIn.PASTED,
        fields=(
            Field(
                "app_id",
                said("Instagram app ID"),
                said("Of your own app's Instagram use case. Not needed with a pasted token."),
                optional=True,
            ),
            Field(
                _SECRET,
                said("Instagram app secret"),
                said("It stays in this computer's keyring."),
                secret=True,
                optional=True,
            ),
            Field(
                "page",
                said("Page"),
                said("With a token of Facebook: name or number of the linked Page, if several"),
                optional=True,
            ),
            PASTED_TOKEN,
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
        """`settings`: `ig_id`, `username`, `way`. Raises AuthExpiredError without a secret."""
        kept = Tokens.unpacked(secret)
        has_facebook = settings.get("way") == "facebook"
        me = Me(settings["ig_id"], settings["username"].lower(), has_facebook)
        if has_facebook:
            graph = Graph(http, FACEBOOK, lambda: kept.access, kept.rest.get(_SECRET, ""))
            return InstagramConnector(graph, me)
        url = f"{HOST}/refresh_access_token"
        tokens = LongLived(http, kept, keep_secret, url=url, grant="ig_refresh_token")
        return InstagramConnector(Graph(http, API, tokens.token), me, tokens)

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """With a pasted token: what it begins with tells whose it is."""
        token = pasted_token(fields)
        if token.startswith(OF_FACEBOOK):
            return self._through_facebook(http, token, fields)
        return self._through_instagram(http, Tokens(token))

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """Asks nothing of Instagram."""
        return begin(fields, DIALOG, ",".join(SCOPES), redirect_uri)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """The code for a token of an hour, that for one of 60 days."""
        answer = code_answer(http, CODE_URL, start, code, redirect_uri)
        query = {
            "grant_type": "ig_exchange_token",
            "client_secret": start.context["app_secret"],
            "access_token": token_of(_inner(answer.data)),
        }
        tokens = exchanged(http, f"{HOST}/access_token", query, Tokens(""))
        return self._through_instagram(http, tokens)

    def _through_instagram(self, http: requests.Session, tokens: Tokens) -> SignedIn:
        graph = Graph(http, API, lambda: tokens.access)
        answer = graph.get("me", {"fields": f"user_id,{ME_FIELDS}"})
        settings = _settings(answer.data, "user_id", "instagram")
        if not tokens.rest.get(RENEWED_AT):
            tokens = stamped(tokens, answer)
        return self._signed_in(http, settings, tokens)

    def _through_facebook(
        self, http: requests.Session, token: str, fields: Mapping[str, str]
    ) -> SignedIn:
        app_id, app_secret = fields.get("app_id", "").strip(), fields.get(_SECRET, "").strip()
        if app_id and app_secret:
            token = long_lived(http, token, app_id, app_secret)
        pages = managed_pages(http, token, app_secret)
        linked = tuple(page for page in pages if page.instagram_id)
        if pages and not linked:
            raise RefusedError(Refusal.OTHER, "no Instagram account is linked to these Pages")
        ig_id = chosen(linked, fields.get("page", "")).instagram_id
        graph = Graph(http, FACEBOOK, lambda: token, app_secret)
        data = graph.get(ig_id, {"fields": f"id,{ME_FIELDS}"}).data
        rest = {_SECRET: app_secret} if app_secret else {}
        return self._signed_in(http, _settings(data, "id", "facebook"), Tokens(token, rest=rest))

    def _signed_in(
        self, http: requests.Session, settings: Mapping[str, str], tokens: Tokens
    ) -> SignedIn:
        secret = tokens.packed()
        card = self.connect(http, settings, secret, lambda _: None).card()
        return SignedIn(settings, secret, card)


def _settings(data: Any, id_name: str, way: str) -> dict[str, str]:
    try:
        return {"ig_id": id_of(data[id_name]), "username": text_of(data["username"]), "way": way}
    except (KeyError, TypeError, ValueError) as e:
        raise BadAnswerError("an account we cannot read") from e


def _inner(data: Any) -> Any:
    """Its answer to a code stands in a list of one."""
    rows = data.get("data") if isinstance(data, dict) else None
    return rows[0] if isinstance(rows, list) and rows else data


NETWORK: Final = InstagramNetwork()
