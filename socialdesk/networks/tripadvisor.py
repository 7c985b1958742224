"""Tripadvisor: the newest reviews of one's own place, to be looked at and never kept.

Source: tripadvisor-content-api.readme.io, read 2026-11. Its caching policy allows nothing to be
kept but the location's id: the account's name is what its owner typed. Fields of a review are not
documented completely; `rating` comes as a number or as text.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from socialdesk.domain.account import Can, Card, Secret, Watch, WatchKind
from socialdesk.domain.errors import (
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
)
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import Attachment, Author, CanReply, Kind, Mention
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
from socialdesk.networks.panels import LENGTH, MIN_POLL_S, RATING, Credit, newest_first, shown_of
from socialdesk.networks.partial import NoBrowserSignIn, PartialConnector
from socialdesk.networks.quiet import wordless
from socialdesk.networks.values import id_of, read_time, text_of, text_or

BASE: Final = "https://api.content.tripadvisor.com/api/v1/location"
SITE: Final = "https://www.tripadvisor.com"
INBOX: Final = f"{SITE}/ManagementCenter"
PICTURE_HOSTS: Final = ("tripadvisor.com", "tacdn.com")  # their site, and where it keeps pictures
MAX_LANGUAGES: Final = 3  # each is a call of its own
LIMIT: Final = 5  # reviews; the API gives no more
BUDGET_WAIT_S: Final = 3600.0  # documents disagree when the day's budget begins anew

_ID: Final = re.compile(r"(?:\A|-d)(\d{3,12})(?:\Z|-)")
_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:_[A-Z]{2})?")

GUIDE: Final = (
    GuideStep(
        said(
            "Tripadvisor lets its reviews be looked at and not kept, and answered only in the "
            "browser. To get every new review into the queue, add the mailbox that receives "
            "Tripadvisor's notices (IMAP); this panel is an extra."
        ),
        is_trap=True,
    ),
    GuideStep(
        said("Open the page for developers and create an API key for the Content API."),
        url=f"{SITE}/developers",
    ),
    GuideStep(
        said(
            "It asks for a credit card: 5,000 calls a month are free. Set the daily budget there "
            "to the least, so that a mistake costs nothing."
        ),
        is_trap=True,
    ),
    GuideStep(
        said("Leave the restriction to addresses or domains off: your computer's address changes."),
        is_trap=True,
    ),
    GuideStep(said("Paste the key below, and the address of your place's page on Tripadvisor.")),
    GuideStep(
        said(
            "Only reviews in the languages you name are shown, the five newest of each. Name up to "
            "three."
        )
    ),
)


class TripadvisorConnector(PartialConnector):
    """One place. `languages`: codes as Tripadvisor has them."""

    def __init__(
        self, session: requests.Session, key: str, own: Author, languages: tuple[str, ...]
    ) -> None:
        self._session, self._key, self._own = session, key, own
        self._languages = languages

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """A sign of life; see `panels`."""
        if watch.kind is not WatchKind.MENTIONS:
            raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")
        self._details()
        return Page((), (), cursor or Cursor("asked"))

    def panel(self) -> tuple[Mention, ...]:
        """The five newest reviews of each language, with what the owner answered."""
        found: list[Mention] = []
        for language in self._languages:
            answer = self._ask("/reviews", {"language": language, "limit": str(LIMIT)})
            items = answer.get("data")
            found += shown_of(items, read_review)
            found += shown_of(items, self._answer) if items else ()
        return newest_first(found)

    def credit(self) -> Credit:
        """Their rules: the name and logo, their own bubbles, date, author and link."""
        text = said(
            "Reviews © Tripadvisor, shown live and kept nowhere. The rating is Tripadvisor's, in "
            "bubbles of five."
        )
        return Credit(text, self._own.url, INBOX)

    def card(self) -> Card:
        """Nothing in it is Tripadvisor's but the location's id."""
        self._details()
        return Card(
            own=self._own, can=Can.PANEL, length=LENGTH, server="www.tripadvisor.com",
            min_poll_s=MIN_POLL_S,
        )  # fmt: skip

    def _details(self) -> None:
        if str(self._ask("/details").get("location_id", "")) != self._own.remote_id:
            raise BadAnswerError("the place came unreadably")

    def _ask(self, path: str, params: Mapping[str, str] | None = None) -> dict[str, Any]:
        asked = {"key": self._key, **(params or {})}
        url = f"{BASE}/{self._own.remote_id}{path}"
        data = http.get_json(self._session, url, asked, check=check).data
        if not isinstance(data, dict):
            raise BadAnswerError("Tripadvisor sent a page we cannot read")
        if "error" in data or ("message" in data and "data" not in data):
            raise RefusedError(Refusal.OTHER, "Tripadvisor sent an error instead of reviews")
        return data

    def _answer(self, item: Any) -> Mention | None:
        return read_answer(item, self._own)


def read_review(item: Any) -> Mention:
    """A review, whole: it may neither be cut nor sorted by its rating."""
    url, author = text_of(item["url"]), item["user"]
    name = text_of(author["username"])
    n_stars = rating_of(item["rating"])
    image = _own_picture(item.get("rating_image_url"))
    return Mention(
        uri=url, remote_id=id_of(item["id"]),
        author=Author(name, name, name), body=text_of(item["text"]),
        published_at=read_time(item["published_date"]), kind=Kind.REVIEW,
        title=text_or(item.get("title")), url=url, lang=text_or(item.get("lang")), root_uri=url,
        n_stars=n_stars, can_reply=CanReply.BROWSER, reply_note="partner_only",
        attachments=(Attachment(image, RATING, f"{n_stars}/5"),) if image else (),
    )  # fmt: skip


def read_answer(item: Any, own: Author) -> Mention | None:
    """What the owner answered; None: nothing yet."""
    answer = item.get("owner_response")
    if not answer:
        return None
    url = text_of(item["url"])
    return Mention(
        uri=f"{url}#answer", remote_id=id_of(answer["id"]), author=own,
        body=text_of(answer["text"]),
        published_at=read_time(answer["published_date"]), kind=Kind.REPLY, is_own=True, url=url,
        title=text_or(answer.get("title")), lang=text_or(answer.get("lang")), parent_uri=url,
        root_uri=url, can_reply=CanReply.NO,
    )  # fmt: skip


def _own_picture(value: Any) -> str:
    """The address of a picture of Tripadvisor's own; "" for any other: it is fetched and drawn."""
    address = text_or(value)
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    is_theirs = any(host == one or host.endswith(f".{one}") for one in PICTURE_HOSTS)
    return address if parts.scheme == "https" and is_theirs else ""


def rating_of(value: Any) -> int:
    """1 to 5; a number or text, by the kind of call. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError("a rating expected")
    rating = float(value)
    if not 1 <= rating <= 5:
        raise ValueError("a rating that cannot be")
    return round(rating)


def check(answer: http.Answer) -> None:
    """401: the key. 403: the key may not be used from here. 429: the day's budget is used up, or
    too many calls; they end at different times and look alike."""
    error = http.error_for(wordless(answer))
    if isinstance(error, RateLimitedError) and answer.status == 429:
        raise RateLimitedError(http.asked_wait_s(answer.headers) or BUDGET_WAIT_S, str(error))
    if error is not None:
        raise error


def location_of(typed: str) -> str:
    """The id in a page's address, or alone. Raises RefusedError."""
    found = _ID.search(typed.strip())
    if found is None:
        raise RefusedError(Refusal.OTHER, "there is no location in this address")
    return found[1]


class TripadvisorNetwork(NoBrowserSignIn):
    """A pasted key; nobody signs in."""

    info = NetworkInfo(
        key="tripadvisor",
        label="Tripadvisor",
        about=said("The five newest reviews, shown and not kept"),
        can=Can.PANEL,
        sign_in=SignIn.PASSWORD,
        fields=(
            Field("key", said("API key"), secret=True),
            Field("place", said("Your page"), said("Its address on Tripadvisor, or its number")),
            Field("name", said("Name"), said("What you call this place")),
            Field("languages", said("Languages"), said("en, ru, kk: up to three"), optional=True),
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
        """`settings`: `location`, `name`, `languages`, as `sign_in` gave them."""
        location = settings["location"]
        own = Author(location, settings["name"], settings["name"], url=f"{SITE}/{location}")
        languages = tuple(settings["languages"].split(","))
        return TripadvisorConnector(http, secret.value if secret else "", own, languages)

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """Asks for the place once, so that a wrong key or number shows at once."""
        key = fields.get("key", "").strip()
        if not key or not key.isascii() or not key.isalnum():
            raise RefusedError(Refusal.OTHER, "not an API key")
        settings = {
            "location": location_of(fields.get("place", "")),
            "name": fields.get("name", "").strip() or "Tripadvisor",
            "languages": ",".join(_languages(fields.get("languages", ""))),
        }
        secret = Secret(key)
        card = self.connect(http, settings, secret, lambda _: None).card()
        return SignedIn(settings, secret, card)


def _languages(typed: str) -> tuple[str, ...]:
    """The codes among what was typed, at most MAX_LANGUAGES; English when there is none."""
    codes = dict.fromkeys(_LANGUAGE.findall(typed))
    return tuple(codes)[:MAX_LANGUAGES] or ("en",)


NETWORK: Final = TripadvisorNetwork()
