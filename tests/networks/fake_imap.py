"""A mail server in this process: the commands our connector says and no others, each strictly.

It is driven by bytes: a `FakeSocket` hands over what is sent and holds what is answered. Mounted on
a session as the scripted HTTP servers are, so that the contract's faults (`always`, `cut`) reach it
as the same faults of a mail server.
"""

import base64
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from random import Random

import requests

from socialdesk.networks.imap.dialling import Place
from socialdesk.networks.scripted import ScriptedServer
from tests.networks.imap_structure import section_of, structure_of

HOST, USER, PASSWORD = "mail.shop.example", "reviews@shop.example", "canary-pass-71f3"
FOLDER = "Отзывы & more"
WIRE_FOLDER = b"&BB4EQgQ3BEsEMgRL- &- more"
ABILITIES = b"IMAP4rev1 AUTH=PLAIN IDLE"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# What an HTTP status of the contract is in IMAP.
REFUSALS = {
    401: b"NO [AUTHENTICATIONFAILED] Invalid credentials",
    403: b"NO [NOPERM] Access denied",
    410: b"NO [NONEXISTENT] No such mailbox",
    429: b"NO [LIMIT] Slow down",
}


@dataclass
class Stored:
    """A letter in the folder. `raw` None: the server itself cannot show it."""

    uid: int
    raw: bytes | None
    received_at: datetime
    flags: set[bytes] = field(default_factory=set)


class FakeImap(ScriptedServer):
    """One mailbox with one folder. `said`: every command line, without its tag."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Stored] = []
        self.validity, self.next_uid = 41, 1
        self.abilities = ABILITIES
        self.greeting = b"* OK ready"
        self.said: list[bytes] = []
        self.n_dialled = 0
        self.pushes: list[bytes] = []  # lines sent while a client idles

    # --- what the contract asks ---

    def add_mention(self, text: str) -> str:
        n = self.next_uid
        raw = (
            f"From: Ann Example <ann@people.example>\r\nTo: {USER}\r\nSubject: Letter {n}\r\n"
            f"Message-ID: <letter-{n}@people.example>\r\nDate: {format_datetime(self.now)}\r\n"
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        )
        self.add(raw.encode())
        return f"mid:letter-{n}@people.example"

    def add_bad_item(self) -> None:
        self.add(None)

    def add(self, raw: bytes | None, received_at: datetime | None = None) -> int:
        """Deliver a letter; its UID."""
        self.letters.append(
            Stored(
                self.next_uid,
                raw,
                received_at or self.now + timedelta(seconds=self.next_uid),
            )
        )
        self.next_uid += 1
        return self.next_uid - 1

    def renumber(self) -> None:
        """The folder was restored: the same letters under other UIDs."""
        self.validity += 1
        self.next_uid += 1000
        for letter in self.letters:
            letter.uid = self.next_uid
            self.next_uid += 1

    def dial(self, place: Place) -> "FakeSocket":
        """What the connector's line is made of. Each counts as one thing asked."""
        self.n_dialled += 1
        self.asked.append(requests.PreparedRequest())
        if self._is_cut:
            raise ConnectionRefusedError
        return FakeSocket(self)

    def seen(self, raw: bytes) -> bytes:
        """A letter as the client gets it: with faults in it when the contract asks for them."""
        return damaged(raw, self._mutate) if self._mutate else raw

    def first_line(self) -> bytes | None:
        """The greeting; None when every connection is taken and then silent."""
        if self._always is None:
            return self.greeting
        status, body = self._always.status, self._always.body
        if status == 200:
            return body if isinstance(body, bytes) else b""
        if status in REFUSALS:
            return b"* OK ready"
        return None if status == 408 else b"* BYE [UNAVAILABLE] Try later"

    def refusal(self) -> bytes | None:
        """How a sign-in or a folder is refused now; None: not at all."""
        if self._always is None:
            return None
        words = self._always.body if isinstance(self._always.body, bytes) else b""
        return REFUSALS.get(self._always.status, b"NO") + b" " + words.replace(b"\n", b" ")


class FakeSocket:
    """One connection: what a client sends is answered at once."""

    def __init__(self, server: FakeImap) -> None:
        self._server = server
        self._inbox, self._outbox = b"", b""
        self._is_over = False
        self._idle_tag = b""
        self._sasl_tag = b""
        first = server.first_line()
        if first is not None:
            self._say(first)

    # --- as a socket ---

    def sendall(self, data: bytes, /) -> None:
        if self._is_over:
            raise BrokenPipeError
        self._inbox += data
        while b"\r\n" in self._inbox:
            line, _, self._inbox = self._inbox.partition(b"\r\n")
            self._hear(line)

    def recv(self, size: int, /) -> bytes:
        taken, self._outbox = self._outbox[:size], self._outbox[size:]
        if taken or self._is_over:
            return taken
        if self._idle_tag and self._server.pushes:
            line = self._server.pushes.pop(0)
            self._is_over = line.startswith(b"* BYE")
            return line + b"\r\n"
        raise TimeoutError

    def settimeout(self, value: float | None, /) -> None:
        pass

    def close(self) -> None:
        self._is_over = True

    # --- as a server ---

    def _say(self, line: bytes) -> None:
        self._outbox += line + b"\r\n"

    def _hear(self, line: bytes) -> None:
        if self._idle_tag:
            assert line == b"DONE", "only DONE ends IDLE"
            self._say(b"* 1 RECENT")
            self._say(self._idle_tag + b" OK done")
            self._idle_tag = b""
            return
        if self._sasl_tag:
            tag, self._sasl_tag = self._sasl_tag, b""
            _, user, password = base64.b64decode(line).decode().split("\0")
            self._sign_in(tag, user == USER and password == PASSWORD)
            return
        tag, _, command = line.partition(b" ")
        self._server.said.append(command)
        name = command.split(b" ")[0]
        getattr(self, "_" + name.decode().lower())(tag, command)

    def _capability(self, tag: bytes, _: bytes) -> None:
        self._say(b"* CAPABILITY " + self._server.abilities)
        self._say(tag + b" OK done")

    def _login(self, tag: bytes, command: bytes) -> None:
        wanted = f'LOGIN "{USER}" "{PASSWORD}"'.encode()
        self._sign_in(tag, command == wanted)

    def _authenticate(self, tag: bytes, command: bytes) -> None:
        assert command == b"AUTHENTICATE PLAIN"
        self._sasl_tag = tag
        self._say(b"+ ")

    def _sign_in(self, tag: bytes, is_right: bool) -> None:
        refused = self._server.refusal() or (None if is_right else REFUSALS[401])
        self._say(tag + b" " + (refused or b"OK welcome"))

    def _examine(self, tag: bytes, command: bytes) -> None:
        if command != b'EXAMINE "' + WIRE_FOLDER + b'"':
            self._say(tag + b" NO [NONEXISTENT] Unknown mailbox")
            return
        self._say(b"* FLAGS (\\Seen)")
        self._say(b"* %d EXISTS" % len(self._server.letters))
        self._say(b"* OK [UIDVALIDITY %d] ok" % self._server.validity)
        self._say(b"* OK [UIDNEXT %d] ok" % self._server.next_uid)
        self._say(tag + b" OK [READ-ONLY] done")

    def _uid(self, tag: bytes, command: bytes) -> None:
        if command.startswith(b"UID SEARCH "):
            self._search(tag, command[11:].decode())
        else:
            self._fetch(tag, command)

    def _search(self, tag: bytes, criteria: str) -> None:
        found = re.fullmatch(r"UID (\d+):\*(?: SINCE (\d\d)-(\w{3})-(\d{4}))?", criteria)
        assert found, f"no search of ours: {criteria}"
        uids = [letter.uid for letter in self._server.letters]
        chosen = {uid for uid in uids if uid >= int(found[1])} | set(uids[-1:])  # the n:* trap
        if found[2]:
            day = datetime(int(found[4]), MONTHS.index(found[3]) + 1, int(found[2]))
            old = {s.uid for s in self._server.letters if s.received_at.replace(tzinfo=None) < day}
            chosen -= old
        self._say(b"* SEARCH" + b"".join(b" %d" % uid for uid in sorted(chosen, reverse=True)))
        self._say(tag + b" OK done")

    def _fetch(self, tag: bytes, command: bytes) -> None:
        found = re.fullmatch(rb"UID FETCH ([\d,]+) \((.+)\)", command)
        assert found, "no fetch of ours"
        wanted = set(map(int, found[1].split(b",")))
        is_bad = False
        self._say(b"* 1 FETCH (FLAGS (\\Recent))")  # unasked for, without a UID
        for n, letter in reversed(list(enumerate(self._server.letters, start=1))):
            if letter.uid in wanted and letter.raw is None:
                is_bad = True
            elif letter.uid in wanted:
                self._show(n, letter, found[2])
        self._say(tag + (b" NO cannot read all of it" if is_bad else b" OK done"))

    def _show(self, n: int, letter: Stored, what: bytes) -> None:
        raw = self._server.seen(letter.raw or b"")
        said = b"UID %d" % letter.uid
        if b"BODYSTRUCTURE" in what:
            at = letter.received_at
            day = f"{at.day:2}-{MONTHS[at.month - 1]}-{at:%Y %H:%M:%S} +0000"
            said += f' INTERNALDATE "{day}" RFC822.SIZE {len(raw)}'.encode()
            said += b" BODYSTRUCTURE " + structure_of(raw)
        for section, n_bytes in re.findall(rb"BODY\.PEEK\[([^\]]+)\]<0\.(\d+)>", what):
            literal = section_of(raw, section.decode())[: int(n_bytes)]
            said += b" BODY[%s]<0> {%d}\r\n" % (section, len(literal)) + literal
        assert b"BODY[" not in what, "BODY marks letters as read; BODY.PEEK does not"
        self._say(b"* %d FETCH (%s)" % (n, said))

    def _idle(self, tag: bytes, _: bytes) -> None:
        self._idle_tag = tag
        self._say(b"+ idling")

    def _logout(self, tag: bytes, _: bytes) -> None:
        self._say(b"* BYE bye")
        self._say(tag + b" OK done")
        self._is_over = True


def damaged(raw: bytes, random: Random) -> bytes:
    """One to three faults somewhere in a letter, headers included."""
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(raw) + 1)
        cut = at + random.choice((0, 1, 30))
        raw = raw[:at] + random.randbytes(random.choice((0, 1, 8))) + raw[cut:]
    return raw
