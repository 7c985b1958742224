"""One folder of a mailbox, open for reading: the eight commands of IMAP that this program knows.

None of them can change anything: EXAMINE opens a folder read-only, BODY.PEEK marks nothing as read,
and STORE, COPY, MOVE, APPEND and EXPUNGE are not written anywhere here. Source: RFC 3501, 2177
(IDLE), 4616 (SASL PLAIN).
"""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from typing import Final

import requests

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    Refusal,
    RefusedError,
)
from socialdesk.domain.frozen import frozen
from socialdesk.networks.imap.dialling import Place, open_line
from socialdesk.networks.imap.dialogue import Answer, Dialogue, bracketed
from socialdesk.networks.imap.faults import alert, refusal
from socialdesk.networks.imap.grammar import Value, folder_name, number, pairs, quoted

STOP_S: Final = 0.5  # how often a wait asks whether it shall end


@frozen
class Login:
    """Whose mailbox, and which folder of it."""

    user: str = field(repr=False)
    password: str = field(repr=False)
    folder: str = field(repr=False)


@frozen
class FolderState:
    """UIDs mean something only together with `validity`; the next letter gets `next_uid` or more
    (0 = the server did not say)."""

    validity: int
    next_uid: int


@frozen
class Shown:
    """What FETCH answered, by UID. Letters may be missing because they are gone; when not
    `is_whole`, also because the server or we cannot read them."""

    letters: Mapping[int, Mapping[bytes, Value]] = field(repr=False)
    is_whole: bool


class Mailbox:
    """Every method raises ConnectorError; after that the connection is dead."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue, self._host = dialogue, dialogue.host
        self._abilities: frozenset[bytes] = frozenset()

    def greet(self, *, must_secure: bool) -> None:
        """Hear the server's greeting, and go over to TLS where that was not done before."""
        self._dialogue.hear_greeting()
        if must_secure:
            no_tls = RefusedError(Refusal.UNSAFE, f"{self._host} offers no encryption")
            self._dialogue.ask_for(b"STARTTLS", no_tls)
            self._dialogue.line.secure()

    def sign_in(self, login: Login) -> None:
        """LOGIN, or SASL PLAIN where the words are not ASCII or LOGIN is switched off."""
        self._ask_abilities()
        is_ascii = login.user.isascii() and login.password.isascii()
        if is_ascii and b"LOGINDISABLED" not in self._abilities:
            words = _typed(login.user) + b" " + _typed(login.password)
            answer = self._dialogue.ask(b"LOGIN " + words)
        elif b"AUTH=PLAIN" in self._abilities:
            answer = self._authenticate(login)
        else:
            raise RefusedError(Refusal.PERMISSION, f"{self._host} takes no passwords")
        self._dialogue.done(answer, self._not_taken(answer, login))
        self._ask_abilities()  # what was said before the sign-in counts no longer

    @property
    def can_idle(self) -> bool:
        """Whether the server tells by itself that a letter came."""
        return b"IDLE" in self._abilities

    def examine(self, folder: str) -> FolderState:
        """Open a folder for reading only. Raises RefusedError(GONE) when there is none."""
        try:
            name = folder_name(folder)
        except ValueError as e:
            raise RefusedError(Refusal.GONE, "no folder can have that name") from e
        none = RefusedError(Refusal.GONE, f"{self._host} has no such folder")
        answer = self._dialogue.ask_for(b"EXAMINE " + name, none)
        states = [line[2] for line in answer.lines if len(line) > 2 and line[1] == b"OK"]
        said = {key: value for text in states for key, value in pairs(bracketed(text)).items()}
        try:
            return FolderState(number(said.get(b"UIDVALIDITY")), _number_or_0(said.get(b"UIDNEXT")))
        except ValueError as e:
            raise BadAnswerError(f"{self._host} does not number its letters") from e

    def search(self, criteria: str) -> list[int]:
        """The UIDs that fit, smallest first."""
        cannot = BadAnswerError(f"{self._host} cannot search")
        answer = self._dialogue.ask_for(b"UID SEARCH " + criteria.encode("ascii"), cannot)
        lists = [line[2:] for line in answer.lines if line[1:2] == [b"SEARCH"]]
        try:
            found = sorted({number(uid) for one in lists for uid in one})
        except ValueError as e:
            raise BadAnswerError(f"{self._host} finds what is no number") from e
        if answer.n_odd:
            self._dialogue.odd()
        return found

    def fetch(self, uids: Sequence[int], what: str) -> Shown:
        """What the server shows of those letters; others may come unasked and are left out."""
        answer = self._dialogue.ask(f"UID FETCH {','.join(map(str, uids))} ({what})".encode())
        if not answer.is_ok:  # it cannot show some of them, unless it gives another reason
            unclear = BadAnswerError(f"{self._host} does not show its letters")
            error = refusal(answer.word, answer.text, self._host, unclear)
            if error is not unclear:
                raise error
        found: dict[int, dict[bytes, Value]] = {}
        for line in answer.lines:
            if len(line) > 3 and line[2] == b"FETCH" and isinstance(line[3], list):
                said = pairs(line[3])
                uid = _number_or_0(said.get(b"UID"))
                if uid in uids:
                    found[uid] = found.get(uid, {}) | said
        return Shown(found, answer.is_ok and not answer.n_odd)

    def wait(self, stop: Callable[[], bool], n_looks: int) -> bool:
        """IDLE until a letter came (True), `stop` says so, or `n_looks` times STOP_S passed."""
        tag = self._dialogue.begin(b"IDLE")
        if not self._dialogue.hear()[0].startswith(b"+"):
            raise BadAnswerError(f"{self._host} promised IDLE and does not know it")
        has_come = self._listen(stop, n_looks)
        self._dialogue.line.restart()
        self._dialogue.line.send(b"DONE\r\n")
        answer = self._dialogue.finish(tag)  # other lines come first: more news, old counts
        return has_come or any(b"EXISTS" in line[2:3] for line in answer.lines)

    def rest(self, stop: Callable[[], bool], n_looks: int) -> bool:
        """Let the same time pass where the server knows no IDLE; few of them say anything."""
        return self._listen(stop, n_looks)

    def close(self) -> None:
        """Say good-bye and hang up, whatever happened before."""
        self._dialogue.close()

    def _listen(self, stop: Callable[[], bool], n_looks: int) -> bool:
        """Whether a line told of a new letter before the end."""
        for _ in range(n_looks):
            if stop():
                return False
            if self._dialogue.line.has_news(STOP_S):
                self._dialogue.line.restart()
                pieces = self._dialogue.hear()
                self._dialogue.mind_bye(pieces)
                if pieces[0].rstrip().upper().endswith(b" EXISTS"):
                    return True
        return False

    def _ask_abilities(self) -> None:
        silent = BadAnswerError(f"{self._host} does not say what it can")
        answer = self._dialogue.ask_for(b"CAPABILITY", silent)
        words = [w for line in answer.lines if line[1:2] == [b"CAPABILITY"] for w in line[2:]]
        self._abilities = frozenset(w.upper() for w in words if isinstance(w, bytes))

    def _authenticate(self, login: Login) -> Answer:
        if "\0" in login.user + login.password:
            raise AuthExpiredError("user name or password hold what cannot be typed")
        words = f"\0{login.user}\0{login.password}".encode()
        tag = self._dialogue.begin(b"AUTHENTICATE PLAIN")
        pieces = self._dialogue.hear()
        if not pieces[0].startswith(b"+"):
            return self._dialogue.finish(tag, pieces)
        self._dialogue.line.send(base64.b64encode(words) + b"\r\n")
        return self._dialogue.finish(tag)

    def _not_taken(self, answer: Answer, login: Login) -> AuthExpiredError:
        """With the server's own words where it says that a person must see them."""
        if answer.word != b"ALERT":
            return AuthExpiredError(f"{self._host} does not take this user name and password")
        secrets = (login.user, login.user.partition("@")[0], login.password, login.folder)
        return AuthExpiredError(f"{self._host}: {alert(answer.text, secrets)}")


@contextmanager
def opened(http: requests.Session, place: Place, login: Login) -> Iterator[Mailbox]:
    """A signed-in mailbox until the end of the block. Raises ConnectorError."""
    line, must_secure = open_line(http, place)
    mailbox = Mailbox(Dialogue(line, place.host))
    try:
        mailbox.greet(must_secure=must_secure)
        mailbox.sign_in(login)
        yield mailbox
    finally:
        mailbox.close()


def _typed(text: str) -> bytes:
    try:
        return quoted(text)
    except ValueError as e:
        raise AuthExpiredError("user name or password hold what cannot be typed") from e


def _number_or_0(value: Value) -> int:
    try:
        return number(value)
    except ValueError:
        return 0
