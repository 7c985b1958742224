"""Yelp: the few review excerpts of one's own place that a paid plan shows; to be looked at only.

Source: docs.developer.yelp.com (Places API, rate limits), read 2026-11. Yelp lets its content be
kept for 24 hours; this program keeps none of it, so that nothing must be purged. Times come without
a zone; they are taken for Pacific time, which nobody documents.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

import requests

from socialdesk.domain.account import Can, Card, Secret, Watch, WatchKind
from socialdesk.domain.errors import (
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
)
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import Author, CanReply, Kind, Mention
from socialdesk.networks import http
from socialdesk.networks.base import (
    Connector,
    Field,
    GuideStep,
    Keep,
    KeepSecret,
    NetworkInfo,
    Page,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.day_ends import until_s
from socialdesk.networks.panels import (
    LENGTH,
    MIN_POLL_S,
    Credit,
    shown_of,
)
from socialdesk.networks.partial import NoBrowserSignIn, PartialConnector
from socialdesk.networks.quiet import wordless
from socialdesk.networks.values import id_of, text_of

BASE: Final = "https://api.yelp.com/v3/businesses"
INBOX: Final = "https://biz.yelp.com/"
LIMIT: Final = 7  # excerpts, on the dearest plan
SHORT_WAIT_S: Final = 5.0  # too many calls in one second

_ALIAS: Final = re.compile(r"(?:/biz/)?([^/?#\s]{2,200})(?:[?#].*)?\Z")
_LOCALE: Final = re.compile(r"[a-z]{2}_[A-Z]{2}")

GUIDE: Final = (
    GuideStep(
        said(
            "Yelp sells its reviews: the cheapest plan shows none of their words, dearer ones show "
            "three or seven excerpts. Answers go through the browser. For a small business, the "
            "mailbox that receives Yelp's notices (IMAP) brings more and costs nothing."
        ),
        is_trap=True,
    ),
    GuideStep(
        said("Sign in on Yelp's page for developers and create an app; pick a plan with reviews."),
        url="https://www.yelp.com/developers/v3/manage_app",
        copy="SocialDesk",
    ),
    GuideStep(said("Copy the API key into the field below.")),
    GuideStep(
        said("Copy the address of your page on Yelp: it looks like yelp.com/biz/your-shop-city.")
    ),
    GuideStep(
        said("Only reviews in the language of the locale are shown. Yelp's filter hides some; the "
             "notices by mail have those too."),
        is_trap=True,
    ),
    GuideStep(
        said("Never ask customers for reviews on Yelp: its rules forbid it."), is_trap=True
    ),
)  # fmt: skip


class YelpConnector(PartialConnector):
    """One place, by its lasting id."""

    def __init__(self, session: requests.Session, key: str, own: Author, locale: str) -> None:
        self._session, self._key, self._own, self._locale = session, key, own, locale

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """A sign of life; see `panels`."""
        if watch.kind is not WatchKind.MENTIONS:
            raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")
        self._details()
        return Page((), (), cursor or Cursor("asked"))

    def panel(self) -> tuple[Mention, ...]:
        """The excerpts, in the order Yelp gives them: sorting is not allowed."""
        asked = {"locale": self._locale, "limit": str(LIMIT), "sort_by": "newest"}
        return shown_of(self._ask("/reviews", asked).get("reviews"), read_review)

    def credit(self) -> Credit:
        """Their rules: the name and logo, and a link with each."""
        text = said(
            "Excerpts © Yelp, shown live and kept nowhere. Open a review to read it whole; Yelp "
            "chooses which are shown."
        )
        return Credit(text, self._own.url, INBOX)

    def card(self) -> Card:
        """Nothing in it is Yelp's but the place's id."""
        self._details()
        return Card(
            own=self._own, can=Can.PANEL, length=LENGTH, server="www.yelp.com",
            min_poll_s=MIN_POLL_S,
        )  # fmt: skip

    def _details(self) -> None:
        self._ask("")

    def _ask(self, path: str, params: Mapping[str, str] | None = None) -> dict[str, Any]:
        place = quote(self._own.remote_id, safe="")
        return ask(self._session, self._key, f"{place}{path}", params)


def ask(
    session: requests.Session, key: str, path: str, params: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """One question about a place."""
    headers = http.bearer(key)
    data = http.get_json(session, f"{BASE}/{path}", params, headers=headers, check=check).data
    if not isinstance(data, dict) or "error" in data:
        raise BadAnswerError("Yelp sent a page we cannot read")
    return data


def read_review(item: Any) -> Mention:
    """An excerpt; it ends in three dots."""
    url, user = text_of(item["url"]), item["user"]
    n_stars = item["rating"]
    if isinstance(n_stars, bool) or n_stars not in (1, 2, 3, 4, 5):
        raise ValueError("stars that cannot be")
    profile = user.get("profile_url")
    name = text_of(user["name"])
    return Mention(
        uri=url, remote_id=id_of(item["id"]),
        author=Author(id_of(user["id"]), name, name, url=profile if profile else ""),
        body=text_of(item["text"]), published_at=_pacific(item["time_created"]),
        kind=Kind.REVIEW, url=url, root_uri=url, n_stars=int(n_stars),
        can_reply=CanReply.BROWSER, reply_note="partner_only",
    )  # fmt: skip


def _pacific(value: Any) -> datetime:
    time = datetime.fromisoformat(text_of(value))
    if time.tzinfo is None:
        time = time.replace(tzinfo=ZoneInfo("America/Los_Angeles"))
    return time.astimezone(UTC)


def check(answer: http.Answer) -> None:
    """By `error.code`; 429 means two different waits. 403 without a code of its own: the plan has
    no such call."""
    error, code = http.error_for(wordless(answer)), _code(answer)
    if isinstance(error, RateLimitedError) and answer.status == 429:
        raise RateLimitedError(_wait_s(answer, code), code or str(error))
    if isinstance(error, RefusedError) and answer.status == 403:
        reason = Refusal.GONE if code == "BUSINESS_UNAVAILABLE" else Refusal.NOT_APPROVED
        raise RefusedError(reason, code or error.detail)
    if error is not None:
        raise error


def _wait_s(answer: http.Answer, code: str) -> float:
    """Until the day's calls begin anew, by the server's own clock; seconds else."""
    if code != "ACCESS_LIMIT_REACHED":
        return http.asked_wait_s({"Retry-After": answer.headers.get("Retry-After", "")}) or (
            SHORT_WAIT_S
        )
    try:
        reset = datetime.fromisoformat(answer.headers.get("RateLimit-ResetTime", ""))
    except ValueError:
        return until_s(answer.headers)
    return until_s(answer.headers, reset if reset.tzinfo else reset.replace(tzinfo=UTC))


def _code(answer: http.Answer) -> str:
    try:
        code = http.strict_json(answer.body)["error"]["code"]
    except (ValueError, RecursionError, KeyError, TypeError, IndexError):
        return ""
    return code if isinstance(code, str) and re.fullmatch(r"[A-Z_]{3,60}", code) else ""


def alias_of(typed: str) -> str:
    """The place in a page's address, or alone. Raises RefusedError."""
    found = _ALIAS.search(typed.strip())
    if found is None:
        raise RefusedError(Refusal.OTHER, "there is no place in this address")
    return found[1]


class YelpNetwork(NoBrowserSignIn):
    """A pasted key; nobody signs in."""

    info = NetworkInfo(
        key="yelp",
        label="Yelp",
        about=said("The newest review excerpts, shown and not kept; needs a paid plan there"),
        can=Can.PANEL,
        sign_in=SignIn.PASSWORD,
        fields=(
            Field("key", said("API key"), secret=True),
            Field("place", said("Your page"), said("yelp.com/biz/your-shop-city")),
            Field("locale", said("Locale"), said("en_US when left empty"), optional=True),
        ),
        min_poll_s=MIN_POLL_S,
        unverified=True,
        guide=GUIDE,
        keep=Keep(is_stored=False, is_exported=False),
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        """`settings`: `place`, `name`, `locale`, as `sign_in` gave them."""
        place, name = settings["place"], settings["name"]
        own = Author(place, name, name, url=f"https://www.yelp.com/biz/{quote(place, safe='')}")
        return YelpConnector(http, secret.value if secret else "", own, settings["locale"])

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """Finds the lasting id; the name in the address may change."""
        key = fields.get("key", "").strip()
        if not re.fullmatch(r"[\w-]{8,400}", key, re.ASCII):
            raise RefusedError(Refusal.OTHER, "not an API key")
        alias, locale = alias_of(fields.get("place", "")), fields.get("locale", "").strip()
        try:
            place = id_of(ask(http, key, quote(alias, safe=""))["id"])
        except (KeyError, TypeError, ValueError) as e:
            raise BadAnswerError("the place came unreadably") from e
        settings = {
            "place": place,
            "name": alias,
            "locale": locale if _LOCALE.fullmatch(locale) else "en_US",
        }
        secret = Secret(key)
        connector = self.connect(http, settings, secret, lambda _: None)
        return SignedIn(settings, secret, connector.card())


NETWORK: Final = YelpNetwork()
