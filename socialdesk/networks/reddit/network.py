"""Reddit as a network: the id of the person's own approved app, then a sign-in in the browser."""

import re
from collections.abc import Mapping
from typing import Any, Final

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.networks.base import (
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
from socialdesk.networks.oauth import asking
from socialdesk.networks.partial import OnlyBrowserSignIn
from socialdesk.networks.reddit.api import Api
from socialdesk.networks.reddit.connector import CAN, MIN_POLL_S, RedditConnector
from socialdesk.networks.reddit.oauth import CALLBACK, PORT, SCOPES, SITE, TokenDesk
from socialdesk.networks.tokens import Renewing, Tokens

_NAME: Final = re.compile(r"[A-Za-z0-9_-]{2,30}")
_CLIENT_ID: Final = re.compile(r"[A-Za-z0-9_-]{10,64}")


class RedditNetwork(OnlyBrowserSignIn):
    """Never by a password: those are for scripts, and two factors break them."""

    info = NetworkInfo(
        key="reddit",
        label="Reddit",
        about=said("Inbox, mentions and searches of one account"),
        can=CAN,
        sign_in=SignIn.OAUTH,
        fields=(
            Field("name", said("Your Reddit user name"), said("without u/")),
            Field("client_id", said("Client id of your app"),
                  said("The letters under the app's name, about 22 of them")),
        ),
        min_poll_s=MIN_POLL_S,
        redirect=Redirect(ports=(PORT,)),
        # Data API Terms: what its author deleted leaves our store too
        keep=Keep(hours=48, until_gone=True),
        guide=(
            GuideStep(said("Reddit lets programs in only after it approved them. Ask for it: say "
                           "that you answer people who name your brand, from one computer."),
                      url="https://support.reddithelp.com/hc/en-us/requests/new"),
            GuideStep(said("A business may need a contract with Reddit and may have to pay. Read "
                           "the policy before you ask."),
                      url="https://support.reddithelp.com/hc/en-us/articles/42728983564564",
                      is_trap=True),
            GuideStep(said("After the approval open your apps and press \"create another app\". "
                           "Choose \"installed app\"."),
                      url="https://www.reddit.com/prefs/apps"),
            GuideStep(said("Paste this as redirect uri, exactly as it is."), copy=CALLBACK),
            GuideStep(said("Copy the client id, the letters under the app's name, and paste it "
                           "here with your user name. An installed app has no secret.")),
            GuideStep(said("Continue, and press Allow in the browser.")),
            GuideStep(said("\"invalid redirect_uri\" in the browser means that the address in the "
                           "app differs by a letter, often localhost for 127.0.0.1 or a slash at "
                           "the end."), is_trap=True),
            GuideStep(said("Answers of new accounts are often removed without a word, and "
                           "advertising nearly always. Take part as a person first, and say in "
                           "each answer that you speak for the brand."), is_trap=True),
            GuideStep(said("No approval? Let Reddit's own mails come to a mailbox account, and "
                           "watch a search as a feed.")),
        ),
    )  # fmt: skip

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> RedditConnector:
        """`settings`: `name` and `client_id`. Raises AuthExpiredError without a usable secret."""
        desk = TokenDesk(http, settings["client_id"], settings["name"])
        renewing = Renewing(Tokens.unpacked(secret), desk.renewed, keep_secret)
        return RedditConnector(Api(http, settings["name"], renewing), renewing, desk)

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """Nothing is asked of Reddit yet."""
        context = {
            "name": _typed(fields, "name", _NAME),
            "client_id": _typed(fields, "client_id", _CLIENT_ID),
        }
        query = {
            "client_id": context["client_id"],
            "redirect_uri": redirect_uri,
            "duration": "permanent",
            "scope": " ".join(SCOPES),
        }
        return asking(f"{SITE}/authorize", query, context)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """The code for tokens, and the account that the browser was signed in as."""
        known = start.context
        tokens = TokenDesk(http, known["client_id"], known["name"]).exchanged(code, redirect_uri)
        kept = [tokens.packed()]
        connector = self.connect(http, known, kept[0], kept.append)
        card = connector.card()
        settings: dict[str, Any] = {"name": card.own.handle, "client_id": known["client_id"]}
        if not _NAME.fullmatch(card.own.handle):
            raise BadAnswerError("Reddit gave an account without a name")
        return SignedIn(settings, kept[-1], card)


def _typed(fields: Mapping[str, str], key: str, form: re.Pattern[str]) -> str:
    """What a person typed, without the signs people put before it. Raises RefusedError."""
    typed = fields.get(key, "").strip().strip("/").removeprefix("u/").removeprefix("@")
    if not form.fullmatch(typed):
        raise RefusedError(Refusal.OTHER, f"not a Reddit {key}")
    return typed


NETWORK: Final = RedditNetwork()
