"""One folder of a mailbox, read and never changed.

Each call opens its own connection and closes it: a laptop's line is dead after every sleep, and
servers count connections. Source: RFC 3501 (UIDs), the servers' behaviour as measured on Dovecot
2.3 and pymap 0.36.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import requests

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Reject, read_each
from socialdesk.networks.imap.bookmarks import Bookmark, bookmark_in, read_bookmark
from socialdesk.networks.imap.dialling import Place
from socialdesk.networks.imap.letters import Letter, Outline
from socialdesk.networks.imap.mailbox import STOP_S, FolderState, Login, Mailbox, opened
from socialdesk.networks.imap.mentions import as_mention, is_notice
from socialdesk.networks.imap.reading import Read, read_letters
from socialdesk.networks.partial import PartialConnector

PAGE_SIZE: Final = 200
MIN_POLL_S: Final = 120
WAIT_S: Final = 540  # one IDLE: servers end it after 30 minutes, home routers after ten
CAN: Final = Can.FETCH | Can.WAIT
LENGTH: Final = LengthRule(10_000)  # never counted: answers are written in the browser

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                  "Dec")  # fmt: skip


class ImapConnector(PartialConnector):
    """Cursor: see `bookmarks.Bookmark`."""

    def __init__(self, http: requests.Session, place: Place, login: Login) -> None:
        self._http, self._place, self._login = http, place, login

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """Letters after the cursor, oldest first. A notice that was understood is always kept;
        other letters are when the watch's brand words are in them."""
        if watch.kind is not WatchKind.MENTIONS:
            raise RefusedError(Refusal.OTHER, "a mail folder can only be read whole")
        with opened(self._http, self._place, self._login) as mailbox:
            folder = mailbox.examine(self._login.folder)
            mark = bookmark_in(cursor, folder, since)
            uids = _after(mailbox, mark)
            read = read_letters(mailbox, uids[:PAGE_SIZE])
        is_more = bool(uids) and read.last_uid < uids[-1]
        mentions, odd = self._mentions(read, watch, mark.since, otherwise=since)
        after = _moved_on(mark, read.last_uid, folder, is_more=is_more)
        return Page(mentions, (*read.rejects, *odd), after.saved(), more=is_more)

    def wait(self, watch: Watch, cursor: Cursor | None, stop: Callable[[], bool]) -> bool:
        """IDLE, on a connection of its own, for WAIT_S at most: signing in every 30 s would be
        worse. A server without IDLE is left in peace as long."""
        n_looks = int(WAIT_S / STOP_S)
        with opened(self._http, self._place, self._login) as mailbox:
            folder = mailbox.examine(self._login.folder)
            mark = read_bookmark(cursor)
            if mark is not None and mark.is_behind(folder):
                return True
            return (mailbox.wait if mailbox.can_idle else mailbox.rest)(stop, n_looks)

    def card(self) -> Card:
        """Signs in and opens the folder."""
        with opened(self._http, self._place, self._login) as mailbox:
            mailbox.examine(self._login.folder)
            can = CAN if mailbox.can_idle else Can.FETCH
        user, folder = self._login.user, self._login.folder
        shown = user if folder.upper() == "INBOX" else f"{user}/{folder}"
        # Not the bare address: letters that a person forwards to this box are from it, and no
        # posts of the brand.
        own = Author(f"mailbox:{shown}", handle=shown)
        return Card(own, can, LENGTH, "imap", self._place.host, MIN_POLL_S)

    def _mentions(
        self, read: Read, watch: Watch, floor: datetime | None, *, otherwise: datetime
    ) -> tuple[tuple[Mention, ...], tuple[Reject, ...]]:
        """Those that are wanted, each once, oldest first. `otherwise`: the time of a letter for
        which neither server nor sender tells one."""
        at = {letter.uri: _time(outline, letter, otherwise) for outline, letter in read.letters}
        mentions, odd = read_each(
            [letter for _, letter in read.letters],
            lambda letter: as_mention(letter, at[letter.uri], self._place.host),
        )
        keep = read_brand_words(watch.brand_words).keep
        wanted = {
            m.uri: m
            for m in reversed(mentions)
            if (floor is None or m.published_at >= floor)
            and (is_notice(m) or keep(f"{m.title}\n{m.body}\n{m.author.name}"))
        }
        return tuple(sorted(wanted.values(), key=lambda m: (m.published_at, m.uri))), odd


def _after(mailbox: Mailbox, mark: Bookmark) -> list[int]:
    """UIDs beyond the bookmark, smallest first. `n:*` names the last letter too when n is beyond
    it, and SINCE knows only days, in the server's own time zone."""
    criteria = f"UID {mark.last_uid + 1}:*"
    if mark.since:
        criteria += f" SINCE {_day(mark.since - timedelta(days=1))}"
    return [uid for uid in mailbox.search(criteria) if uid > mark.last_uid]


def _day(when: datetime) -> str:
    """A date as IMAP writes it, in English whatever the system speaks."""
    return f"{when.day:02}-{_MONTHS[when.month - 1]}-{when.year:04}"


def _moved_on(mark: Bookmark, last_uid: int, folder: FolderState, *, is_more: bool) -> Bookmark:
    """After its last page the past is done: later letters count from the folder's next UID."""
    if is_more:
        return replace(mark, last_uid=last_uid)
    return Bookmark(mark.validity, max(mark.last_uid, last_uid, folder.next_uid - 1))


def _time(outline: Outline, letter: Letter, otherwise: datetime) -> datetime:
    """When our server got it; what the sender claims only where the server does not say."""
    return outline.received_at or letter.sent_at or otherwise
