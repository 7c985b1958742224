"""Threads as a network: how to set up one's own app for it, and signing in with it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import BadAnswerError
from socialdesk.networks.base import (
    ApiVersion,
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
from socialdesk.networks.meta.graph import Graph
from socialdesk.networks.meta.long_lived import RENEWED_AT, LongLived, exchanged, stamped
from socialdesk.networks.meta.sign_in import (
    APPS,
    PASTED_TOKEN,
    RENEWED_WEEKLY,
    begin,
    code_answer,
    pasted_token,
    token_of,
)
from socialdesk.networks.threads.connector import CAN, ME_FIELDS, MIN_POLL_S, ThreadsConnector
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.values import id_of, text_of

HOST: Final = "https://graph.threads.net"  # graph.threads.com is its newer name
# No end of v1.0 was ever announced; looked at again when this day comes.
VERSION: Final = ApiVersion("v1.0", date(2027, 11, 21))
API: Final = f"{HOST}/{VERSION.name}"
DIALOG: Final = "https://threads.com/oauth/authorize"
REDIRECT: Final = "https://localhost/socialdesk"

# Each with the calls that need it (tested against the connector).
SCOPES: Final[Mapping[str, str]] = {
    "threads_basic": "own posts",
    "threads_read_replies": "conversations",
    "threads_manage_replies": "answers",
    "threads_content_publish": "posts and answers",
    "threads_manage_mentions": "who names us",
    "threads_keyword_search": "words and tags",
    "threads_delete": "deleting our own",
}

_GUIDE: Final = (
    GuideStep(
        said(
            "Open Meta for Developers and press “Create app”. As use case choose “Access the "
            "Threads API”."
        ),
        APPS,
    ),
    GuideStep(
        said(
            "Under “Use cases”, “Customise”, add all permissions of the list, and paste this "
            "address into “Redirect callback URLs”."
        ),
        copy=REDIRECT,
    ),
    GuideStep(
        said(
            "Under “App roles” add your Threads account as a Threads tester. Then open Threads: "
            "Settings, Account, Website permissions, Invites, and accept it there. No token works "
            "before that."
        ),
        "https://www.threads.com/settings/account",
        is_trap=True,
    ),
    GuideStep(
        said(
            "The easy way: under “Use cases”, “Customise”, “Settings”, press “Generate access "
            "token” beside your account and paste the token here."
        ),
        APPS,
    ),
    GuideStep(
        said(
            "Or sign in in the browser: copy the Threads app ID and the Threads app secret. They "
            "stand in the settings of the Threads use case and are others than those of the app "
            "itself. At the end the browser shows an error page: copy its whole address and paste "
            "it here."
        ),
        is_trap=True,
    ),
    GuideStep(
        said(
            "Without a review of your app by Meta you get the replies to your own posts, and that "
            "is a useful inbox. Mentions come from your testers only, and a search finds only your "
            "own posts, until Meta has approved “threads_manage_mentions” and "
            "“threads_keyword_search”."
        ),
        is_trap=True,
    ),
    RENEWED_WEEKLY,
)


class ThreadsNetwork:
    """Sign-in by a pasted token, or in the browser, whose last address is pasted."""

    info = NetworkInfo(
        key="threads",
        label="Threads",
        about=said("Replies to your own posts; mentions and searches once Meta approves"),
        can=CAN,
        sign_in=SignIn.PASTED,
        fields=(
            Field(
                "app_id",
                said("Threads app ID"),
                said("Of your own app's Threads use case. Not needed with a pasted token."),
                optional=True,
            ),
            Field(
                "app_secret",
                said("Threads app secret"),
                said("It stays in this computer's keyring."),
                secret=True,
                optional=True,
            ),
            PASTED_TOKEN,
        ),
        min_poll_s=MIN_POLL_S,
        tokens_pasted=True,
        unverified=True,
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
        """`settings`: `user_id`, `username`. Raises AuthExpiredError without a usable secret."""
        tokens = LongLived(
            http,
            Tokens.unpacked(secret),
            keep_secret,
            url=f"{HOST}/refresh_access_token",
            grant="th_refresh_token",
        )
        graph = Graph(http, API, tokens.token)
        return ThreadsConnector(graph, tokens, settings["username"])

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """With a pasted token, which is a long one already."""
        return self._signed_in(http, Tokens(pasted_token(fields)))

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """Asks nothing of Threads."""
        return begin(fields, DIALOG, ",".join(SCOPES), redirect_uri)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """The code for a token of an hour, that for one of 60 days."""
        answer = code_answer(http, f"{HOST}/oauth/access_token", start, code, redirect_uri)
        query = {
            "grant_type": "th_exchange_token",
            "client_secret": start.context["app_secret"],
            "access_token": token_of(answer.data),
        }
        tokens = exchanged(http, f"{HOST}/access_token", query, Tokens(""))
        return self._signed_in(http, tokens)

    def _signed_in(self, http: requests.Session, tokens: Tokens) -> SignedIn:
        answer = Graph(http, API, lambda: tokens.access).get("me", {"fields": ME_FIELDS})
        try:
            me = {"user_id": id_of(answer.data["id"]), "username": text_of(answer.data["username"])}
        except (KeyError, TypeError, ValueError) as e:
            raise BadAnswerError("an account we cannot read") from e
        if not tokens.rest.get(RENEWED_AT):
            tokens = stamped(replace(tokens), answer)
        secret = tokens.packed()
        return SignedIn(me, secret, self.connect(http, me, secret, lambda _: None).card())


NETWORK: Final = ThreadsNetwork()
