"""Commands and answers: what was asked under which tag, and how it ended.

Source: RFC 3501 §2.2, §7. Untagged lines may come at any time and tell of anything; one that
cannot be read is counted and costs no other.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import field
from typing import Final, NoReturn

from socialdesk.domain.errors import BadAnswerError, ConnectorError, UnreachableError
from socialdesk.domain.frozen import frozen
from socialdesk.networks.imap.faults import refusal
from socialdesk.networks.imap.grammar import Literal, Value, literal_size, read_values
from socialdesk.networks.imap.wire import Line

_ENDS: Final = (b"OK", b"NO", b"BAD")


@frozen
class Answer:
    """How a command ended, and the lines that came before, each read into values. `code`: what
    stands in the brackets of its end; `n_odd`: lines besides that cannot be read."""

    status: bytes
    code: list[Value] = field(repr=False)
    text: bytes = field(repr=False)
    lines: list[list[Value]] = field(repr=False)
    n_odd: int = 0

    @property
    def is_ok(self) -> bool:
        """Whether it was done."""
        return self.status == b"OK"

    @property
    def word(self) -> bytes:
        """The response code, upper case; b"" when there is none."""
        return first_word(self.code)


class Dialogue:
    """A line on which we ask and a server answers. Every method raises ConnectorError; after that
    it is dead."""

    def __init__(self, line: Line, host: str) -> None:
        self.line, self.host = line, host
        self._n_commands = 0

    def hear_greeting(self) -> None:
        """The server's first line. PREAUTH is no greeting of a server that wants a password: a
        stranger on the way sends it so that nobody asks for encryption."""
        pieces = self.hear()
        status, code, text = _status(pieces[0])
        if pieces[0][:2] != b"* " or status not in (b"OK", b"BYE"):
            raise BadAnswerError(f"{self.host} is no mail server")
        if status == b"BYE":
            turned_away = UnreachableError(f"{self.host} turns us away", maybe_done=False)
            raise refusal(first_word(code), text, self.host, turned_away)

    def ask(self, command: bytes) -> Answer:
        """Say it and hear how it ends."""
        return self.finish(self.begin(command))

    def ask_for(self, command: bytes, otherwise: ConnectorError) -> Answer:
        """The same; raises when it is not done, `otherwise` where the server gives no reason."""
        return self.done(self.ask(command), otherwise)

    def done(self, answer: Answer, otherwise: ConnectorError) -> Answer:
        """The answer when it is OK; else raises as `ask_for`."""
        if not answer.is_ok:
            raise refusal(answer.word, answer.text, self.host, otherwise)
        return answer

    def begin(self, command: bytes) -> bytes:
        """Begin an exchange; its tag."""
        self._n_commands += 1
        tag = b"s%d" % self._n_commands
        self.line.restart()
        self.line.send(tag + b" " + command + b"\r\n")
        return tag

    def finish(self, tag: bytes, first: list[bytes] | None = None) -> Answer:
        """All lines up to the tagged one. `first`: one that was heard already."""
        lines: list[list[Value]] = []
        n_odd = 0
        while True:
            pieces, first = first or self.hear(), None
            if pieces[0].startswith(tag + b" "):
                status, code, text = _status(pieces[0])
                if status not in _ENDS:
                    self.odd()
                return Answer(status, code, text, lines, n_odd)
            if pieces[0][:2] != b"* ":
                self.odd()
            self.mind_bye(pieces)
            try:
                lines.append(_line_values(pieces))
            except BadAnswerError:
                n_odd += 1

    def hear(self) -> list[bytes]:
        """One response: its lines, and the Literals between them."""
        pieces = [self.line.read_line()]
        while (size := literal_size(pieces[-1])) is not None:
            pieces += [Literal(self.line.read_literal(size)), self.line.read_line()]
        return pieces

    def mind_bye(self, pieces: list[bytes]) -> None:
        """Raise when the server says good-bye."""
        if pieces[0][:5].upper() == b"* BYE":
            _, code, text = _status(pieces[0])
            gone = UnreachableError(f"{self.host} ends the connection", maybe_done=False)
            raise refusal(first_word(code), text, self.host, gone)

    def odd(self) -> NoReturn:
        """What came makes no sense here."""
        raise BadAnswerError(f"{self.host} does not answer as a mail server")

    def close(self) -> None:
        """Say good-bye and hang up, whatever happened before."""
        with suppress(ConnectorError):
            self.begin(b"LOGOUT")
        self.line.close()


def first_word(code: Iterable[Value]) -> bytes:
    """The name of a response code."""
    first = next(iter(code), b"")
    return first.upper() if isinstance(first, bytes) else b""


def bracketed(text: bytes) -> list[Value]:
    """What stands in the brackets at the start; what cannot be read counts as nothing."""
    end = text.find(b"]")
    if text[:1] != b"[" or end < 0:
        return []
    with suppress(BadAnswerError):
        return read_values([text[1:end]])
    return []


def _status(line: bytes) -> tuple[bytes, list[Value], bytes]:
    """Status, code and text of `TAG OK [CODE 7] text`."""
    words = [*line.split(b" ", 2), b"", b""]
    return words[1].upper(), bracketed(words[2]), words[2]


def _line_values(pieces: list[bytes]) -> list[Value]:
    """An untagged line; of one that only tells of a state, the free text stays one value."""
    words = pieces[0].split(b" ", 2)
    if len(words) == 3 and words[1].upper() in _ENDS:
        return [b"*", words[1].upper(), words[2]]
    values = read_values(pieces)
    return [v.upper() if n < 3 and isinstance(v, bytes) else v for n, v in enumerate(values)]
