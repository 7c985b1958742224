"""One location's reviews."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Kind, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.google.api import GoogleApi, items_of, next_page
from socialdesk.networks.google_business.answering import (
    change_answer,
    delete_answer,
    is_answer_public,
    look_for_answer,
    review_of,
    send_answer,
)
from socialdesk.networks.google_business.places import Place, read_place
from socialdesk.networks.google_business.reviews import (
    Shop,
    own_author,
    read_own,
    read_review,
    updated_at,
)
from socialdesk.networks.http import Answer, Value
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.values import read_time
from socialdesk.networks.walks import Walk, as_text, begin_walk, step

BASE: Final = "https://mybusiness.googleapis.com/v4"  # the only home of reviews; no end announced
PAGE: Final = 50  # reviews; the API's maximum
OVERLAP: Final = timedelta(hours=24)  # moderated reviews come late under their old time
READS: Final = Can.FETCH | Can.THREAD | Can.RECHECK
REPLIES: Final = Can.REPLY | Can.EDIT | Can.DELETE | Can.SEEN
MIN_POLL_S: Final = 900  # reviews are rare
LENGTH: Final = LengthRule(4096, Unit.UTF8)
# A repeat stays harmless for ever, for the review is read first. But while somebody else's answer
# is in the way it would be tried again and again: after so long a person is asked.
REPEAT_SAFE_S: Final = 600

_PAGE_DIED: Final = frozenset({"INVALID_ARGUMENT", "invalidPageToken"})
_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


class GoogleBusinessConnector(PartialConnector):
    """Remote ids: the review's id, and "<id>/reply" for the answer. Cursor: a `Walk` by the time
    of the last change. Authors have no profile."""

    def __init__(self, api: GoogleApi, place: Place) -> None:
        self._api, self._place = api, place
        self._shop = shop_of(place)

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """Reviews changed lately, and the answers that stand under them."""
        if watch.kind is not WatchKind.MENTIONS:
            raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")
        walk = _begun(cursor, since)
        answer = self._ask(walk)
        if answer is None:  # its page token died: the next look begins anew
            return Page((), (), Walk(seen=walk.seen).saved())
        items = items_of(answer, "reviews", may_lack=True)
        keep = read_brand_words(watch.brand_words).keep

        def read(item: Any) -> Mention | None:
            review = read_review(item, self._shop)
            return review if updated_at(item) >= since and keep(review.body) else None

        reviews, rejects = read_each(items, read)
        kept = {review.uri for review in reviews}
        answers, bad = read_each(items, lambda item: read_own(item, self._shop))
        found = [*reviews, *(one for one in answers if one.parent_uri in kept)]
        found.sort(key=lambda mention: mention.published_at)
        after = step(walk, _times(items), next_page(answer))
        known = {reject.raw for reject in rejects}
        rejects += tuple(reject for reject in bad if reject.raw not in known)
        return Page(tuple(found), rejects, after.saved(), more=bool(after.at))

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The review and its answer."""
        answer = self._api.look(self._address(review_of(remote_id)), {})
        if answer is None:
            return ()
        both = [
            *read_each([answer.data], lambda one: read_review(one, self._shop, Kind.CONTEXT))[0],
            *read_each([answer.data], lambda one: read_own(one, self._shop, Kind.CONTEXT))[0],
        ]
        return tuple(one for one in both if one.remote_id != remote_id)

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """One call a review: 404 means that it is gone."""
        found: list[Mention] = []
        gone: list[str] = []
        asked: dict[str, Answer | None] = {}
        for remote_id in remote_ids:
            review = review_of(remote_id)
            if review not in asked:
                asked[review] = self._api.look(self._address(review), {})
            answer = asked[review]
            mention = None if answer is None else self._again(remote_id, answer.data)
            if mention is not None:
                found.append(mention)
            elif answer is None or _lacks(remote_id, answer.data):
                gone.append(remote_id)
        return Recheck(tuple(found), tuple(gone))

    def reply(self, outgoing: Outgoing) -> Posted:
        """Never over another answer: see `answering`."""
        return send_answer(self._api, self._shop, self._address, outgoing)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """In the review's one slot."""
        return look_for_answer(self._api, self._shop, self._address, outgoing)

    def edit(self, remote_id: str, text: str) -> Posted:
        """PUT in place of what stands."""
        return change_answer(self._api, self._shop, self._address, remote_id, text)

    def delete(self, remote_id: str) -> None:
        """404 means that it is done."""
        delete_answer(self._api, self._address, remote_id)

    def is_public(self, remote_id: str) -> bool | None:
        """Whether Google let the answer pass."""
        return is_answer_public(self._api, self._address, remote_id)

    def card(self) -> Card:
        """The location as it is now."""
        return card_of(read_place(self._api, self._place))

    def sign_out(self) -> None:
        """Revoke the grant."""
        self._api.sign_out()

    def _ask(self, walk: Walk) -> Answer | None:
        params: dict[str, Value] = {
            "pageSize": PAGE,
            "orderBy": "updateTime desc",
            "pageToken": walk.at,
        }
        url = f"{BASE}/{self._place.name}/reviews"
        return self._api.look(url, params, _PAGE_DIED) if walk.at else self._api.get(url, params)

    def _again(self, remote_id: str, item: Any) -> Mention | None:
        is_answer = remote_id != review_of(remote_id)
        read = read_own if is_answer else read_review
        mentions, _ = read_each([item], lambda one: read(one, self._shop))
        return mentions[0] if mentions else None

    def _address(self, review: str) -> str:
        return f"{BASE}/{self._place.name}/reviews/{quote(review, safe='')}"


def card_of(place: Place) -> Card:
    """The capability record of a location; one that is not verified takes no answers."""
    return Card(
        own=own_author(shop_of(place)),
        can=READS | REPLIES if place.may_reply else READS,
        length=LENGTH,
        software="Google Business Profile v4",
        server="business.google.com",
        min_poll_s=MIN_POLL_S,
        repeat_safe_s=REPEAT_SAFE_S,
    )


def shop_of(place: Place) -> Shop:
    return Shop(place.location, place.title, place.url)


def _begun(cursor: Cursor | None, since: datetime) -> Walk:
    """As `begin_walk`, with the longer overlap."""
    walk = begin_walk(cursor, since)
    if walk.at or not walk.seen:
        return walk
    return replace(walk, floor=as_text(max(since, read_time(walk.seen) - OVERLAP)))


def _lacks(remote_id: str, review: Any) -> bool:
    """Whether it is an answer, and the review has none any more."""
    return remote_id != review_of(remote_id) and not review.get("reviewReply")


def _times(items: list[Any]) -> list[datetime]:
    """When the reviews of a page were last changed; what cannot be read tells nothing."""
    times = []
    for item in items:
        try:
            times.append(updated_at(item))
        except _UNREADABLE:
            continue
    return times
