"""One business on Trustpilot."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.trustpilot.api import Api, review_path, unit_path
from socialdesk.networks.trustpilot.replies import (
    change_reply,
    delete_reply,
    look_for_reply,
    send_reply,
)
from socialdesk.networks.trustpilot.reviews import (
    REPLY,
    is_shown,
    read_answer,
    read_review,
    review_url,
)
from socialdesk.networks.trustpilot.units import Unit, read_unit
from socialdesk.networks.values import id_of, read_time
from socialdesk.networks.walks import Walk, as_text, begin_walk, step

PAGE_SIZE: Final = 100  # reviews; the API's maximum
MAX_REPLY: Final = 2000  # characters; no limit is published
MIN_POLL_S: Final = 600
OVERLAP: Final = timedelta(hours=48)  # reviews may be published long after they were written

READS: Final = Can.FETCH | Can.THREAD | Can.RECHECK
REPLIES: Final = Can.REPLY | Can.EDIT | Can.DELETE
_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


class TrustpilotConnector(PartialConnector):
    """Remote ids are the reviews' own; a reply's is its review's and REPLY. Cursor: see
    `walks.Walk`, its `at` being a page's number. `author`: the id of the business user in whose
    name replies are posted, "" = none is known and reviews are only read."""

    def __init__(self, api: Api, unit: Unit, author: str) -> None:
        self._api, self._unit, self._author = api, unit, author

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """The newest reviews back to what is known; with each what the business answered."""
        if watch.kind is not WatchKind.MENTIONS:
            raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")
        walk = _wider(begin_walk(cursor, since))
        n = int(walk.at) if walk.at.isdecimal() else 1
        items = self._list(n)
        keep = read_brand_words(watch.brand_words).keep

        def read(item: Any) -> Mention | None:
            if not is_shown(item):
                return None
            mention = self._read(item)
            is_wanted = mention.published_at >= read_time(walk.floor)
            return mention if is_wanted and keep(f"{mention.title}\n{mention.body}") else None

        found, rejects = read_each(items, read)
        kept = {mention.remote_id for mention in found}
        answers, _ = read_each(items, lambda item: self._answer(item, kept))
        after = step(walk, _times(items), str(n + 1) if len(items) == PAGE_SIZE else "")
        in_order = sorted((*found, *answers), key=lambda mention: mention.published_at)
        gone = tuple(_hidden(items))
        return Page(tuple(in_order), rejects, after.saved(), more=bool(after.at), gone=gone)

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """A review has one reply at most, and no other company."""
        review = self._review(remote_id.removesuffix(REPLY))
        if remote_id.endswith(REPLY):
            return read_each([review], self._read)[0]
        return read_each([review], lambda item: read_answer(item, self._unit.own))[0]

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """Each asked for: 404 means removed, and a status other than active hides it."""
        shown: list[Any] = []
        gone: list[str] = []
        for remote_id in remote_ids:
            if remote_id.endswith(REPLY):
                continue  # ours: nothing of a stranger's to confirm
            review = self._maybe_review(remote_id)
            if review is None or not is_shown(review):
                gone.append(remote_id)
            else:
                shown.append(review)
        mentions, _ = read_each(shown, self._read)
        return Recheck(mentions, tuple(gone))

    def reply(self, outgoing: Outgoing) -> Posted:
        """Where there is none yet: a second would replace it."""
        return send_reply(self._api, self._author, outgoing)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """In the review's one place."""
        return look_for_reply(self._api, outgoing)

    def edit(self, remote_id: str, text: str) -> Posted:
        """A second POST; only over our own words."""
        return change_reply(self._api, self._author, remote_id, text)

    def delete(self, remote_id: str) -> None:
        """DELETE; the review stays."""
        delete_reply(self._api, self._author, remote_id)

    def card(self) -> Card:
        """The business as the public sees it."""
        unit = read_unit(self._api.get_public("/business-units/find", {"name": self._unit.domain}))
        return Card(
            own=unit.own,
            can=READS | REPLIES if self._author else READS,
            length=LengthRule(MAX_REPLY),
            server="www.trustpilot.com",
            min_poll_s=MIN_POLL_S,
        )

    def _read(self, item: Any) -> Mention:
        return read_review(item, can_answer=bool(self._author))

    def _answer(self, item: Any, kept: set[str]) -> Mention | None:
        return read_answer(item, self._unit.own) if id_of(item["id"]) in kept else None

    def _list(self, n: int) -> list[Any]:
        asked = {"page": str(n), "perPage": str(PAGE_SIZE), "orderBy": "createdat.desc"}
        answer = self._api.get(unit_path(self._unit.id, "/reviews"), asked)
        items = answer.get("reviews") if isinstance(answer, dict) else None
        if not isinstance(items, list):
            raise BadAnswerError("Trustpilot sent a page we cannot read")
        return items

    def _review(self, review_id: str) -> Any:
        review = self._api.get(review_path(review_id))
        if not isinstance(review, dict):
            raise BadAnswerError("the review came unreadably")
        return review

    def _maybe_review(self, review_id: str) -> Any | None:
        try:
            return self._review(review_id)
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return None
            raise


def _wider(walk: Walk) -> Walk:
    """A new walk goes OVERLAP behind what the last one has seen."""
    if walk.at or not walk.seen:
        return walk
    return replace(walk, floor=as_text(read_time(walk.seen) - OVERLAP))


def _times(items: list[Any]) -> list[datetime]:
    found = []
    for item in items:
        try:
            found.append(read_time(item["createdAt"]))
        except _UNREADABLE:
            continue
    return found


def _hidden(items: list[Any]) -> list[str]:
    """The addresses of reviews that the public cannot read now."""
    found = []
    for item in items:
        try:
            if not is_shown(item):
                found.append(review_url(id_of(item["id"])))
        except _UNREADABLE:
            continue
    return found
