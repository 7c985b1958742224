"""Which location an account is. A Google account may manage many, in several groups.

Sources: Account Management API v1 and Business Information API v1, discovery documents of
2026-10-26. The reviews (v4) want both names joined: accounts/1/locations/2.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.networks.google.api import GoogleApi, items_of, next_page
from socialdesk.networks.google_business.reviews import PROFILE
from socialdesk.networks.html_text import one_line
from socialdesk.networks.http import Value
from socialdesk.networks.values import text_of, text_or

ACCOUNTS: Final = "https://mybusinessaccountmanagement.googleapis.com/v1/accounts"
INFORMATION: Final = "https://mybusinessbusinessinformation.googleapis.com/v1"
READ_MASK: Final = "name,title,storeCode,storefrontAddress,metadata"  # left out, it is a 400
MAX_PAGES: Final = 20  # of accounts, and of locations of each

_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError)


@frozen
class Place:
    """One location. `account`: accounts/1. `location`: locations/2. `words`: its ids, street and
    town, to choose it by. `may_reply`: it is verified, else Google takes no answer."""

    account: str
    location: str
    title: str
    url: str = ""
    words: tuple[str, ...] = ()
    may_reply: bool = True

    @property
    def name(self) -> str:
        """As the reviews want it."""
        return f"{self.account}/{self.location}"

    def settings(self) -> dict[str, str]:
        """What to keep in the file."""
        return {
            "account": self.account,
            "location": self.location,
            "title": self.title,
            "url": self.url,
        }


def place_from(settings: Mapping[str, str]) -> Place:
    """The location of a known account."""
    return Place(
        settings["account"],
        settings["location"],
        settings.get("title", ""),
        settings.get("url", ""),
    )


def find_place(api: GoogleApi, typed: str) -> Place:
    """The location a person means. Nothing typed: the only one, or the first that is verified.

    Raises RefusedError: PERMISSION when the account manages none, OTHER when none or several are
    meant, NOT_APPROVED while the project's quota is 0."""
    places = {place.location: place for place in _all_places(api)}
    if not places:
        raise RefusedError(Refusal.PERMISSION, "this Google account manages no location")
    if not typed.strip():
        verified = [place for place in places.values() if place.may_reply]
        return (verified or list(places.values()))[0]
    meant = [place for place in places.values() if _is_named(place, typed)]
    meant = meant or [place for place in places.values() if _speaks_of(place, typed)]
    if len(meant) != 1:
        raise RefusedError(Refusal.OTHER, f"{len(meant)} of {len(places)} locations are meant")
    return meant[0]


def read_place(api: GoogleApi, known: Place) -> Place:
    """The location as it is now."""
    answer = api.get(f"{INFORMATION}/{known.location}", {"readMask": READ_MASK})
    try:
        return _place(known.account, answer.data)
    except _UNREADABLE:
        pass
    raise BadAnswerError("the location came unreadably")


def _all_places(api: GoogleApi) -> Iterator[Place]:
    """Of all accounts: the personal one comes first and often has none."""
    for account in _listed(api, ACCOUNTS, "accounts", {"pageSize": 20}):
        try:
            name = _path_of(account["name"], "accounts")
        except _UNREADABLE:
            continue
        params: dict[str, Value] = {"readMask": READ_MASK, "pageSize": 100}
        for location in _listed(api, f"{INFORMATION}/{name}/locations", "locations", params):
            try:
                yield _place(name, location)
            except _UNREADABLE:
                continue


def _listed(api: GoogleApi, url: str, name: str, params: Mapping[str, Value]) -> Iterator[Any]:
    token = ""
    for _ in range(MAX_PAGES):
        answer = api.get(url, {**params, "pageToken": token})
        yield from items_of(answer, name, may_lack=True)
        before, token = token, next_page(answer)
        if not token or token == before:
            return


def _place(account: str, item: Any) -> Place:
    metadata = item.get("metadata") or {}
    address = item.get("storefrontAddress") or {}
    lines = address.get("addressLines") or []
    location = _path_of(item["name"], "locations")
    words = [location, location.partition("/")[2], item.get("storeCode"), metadata.get("placeId")]
    return Place(
        account=account,
        location=location,
        title=one_line(text_of(item["title"])) or location,
        url=text_or(metadata.get("mapsUri")) or PROFILE,
        words=tuple(
            one for one in [*words, *lines, address.get("locality")] if isinstance(one, str) and one
        ),
        may_reply=metadata.get("hasVoiceOfMerchant") is not False,
    )


def _path_of(value: Any, kind: str) -> str:
    """A resource name that is safe in a path. Raises ValueError."""
    head, _, tail = text_of(value).partition("/")
    if head != kind or not tail.isascii() or not tail.replace("-", "").replace("_", "").isalnum():
        raise ValueError("no resource name")
    return f"{head}/{tail}"


def _is_named(place: Place, typed: str) -> bool:
    wanted = _folded(typed)
    return wanted in {_folded(word) for word in (place.title, *place.words)}


def _speaks_of(place: Place, typed: str) -> bool:
    return _folded(typed) in _folded(" ".join((place.title, *place.words)))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
