"""Feeds with faults in them, bombs and wrong encodings, through the feeds connector.

    python -m tests.soak.hostile_feeds N SEED

prints one JSON line: how many were tried; how many ended in an error without a name, took longer
than HANG_S of the processor, or lost a good item beside a bad one; and how much memory it took.
"""

import gzip
import io
import json
import random
import resource
import signal
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from typing import Any, Final

import requests
import urllib3

from socialdesk.domain.errors import ConnectorError
from socialdesk.networks.scripted import START, Scripted, mutated
from tests.networks.fake_feed import SINCE, URL, WATCH, FakeFeed, FakeJsonFeed, connected

HANG_S: Final = 2.0
GIVEN_UP_S: Final = 20.0
N_ITEMS: Final = 5
BAD_ITEM: Final = 2  # the one among them that is spoilt, where only one is
BOMB_EVERY: Final = 500
ENCODINGS: Final = ("utf-8", "utf-16", "utf-16-be", "utf-32", "cp1251", "koi8-r", "shift_jis",
                    "cp037", "latin-1", "utf-7", "gb18030")  # fmt: skip
FRAGMENTS: Final = (
    b"]]>", b"<![CDATA[", b"&", b"&#0;", b"&#x110000;", b"&nbsp;", b"<!--", b"-->", b"<?xml",
    b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"<item>",
    b"</channel>", b"<a " + b"b='c' " * 2_000, b"<x>" * 5_000, b"A" * 100_000, b"&amp;" * 9_000,
    b"xmlns:a='b'", b"<content type='xhtml'>", b"<guid isPermaLink='maybe'>", b"\xe2\x80\xae",
)  # fmt: skip
ODD_VALUES: Final = (
    "", " ", "\x07", "\ud800", "9" * 5_000, "<b><b><b>", "javascript:alert(1)", "http://[", "://",
    "Thu, 99 Foo 9999 99:99:99 +9999", "9999-99-99T99:99:99Z", "0001-01-01T00:00:00+14:00",
    "e\u0301" * 5_000, "\u202e" * 900, "&lt;" * 9_000, "\u0000", "-1", "1e999",
    "\U0001f468\u200d" * 500,
)  # fmt: skip


class AtomFeed(FakeFeed):
    """The same in Atom."""

    content_type = "application/atom+xml"

    def item(self, guid: str, text: str, when: Any) -> str:
        return (
            f"<entry><id>{guid}</id><link href='https://blog.example/{len(self.items)}'/>"
            f"<title>{text}</title><updated>{when.isoformat()}</updated>"
            f"<author><name>Ann</name></author><content type='html'>&lt;p&gt;{text}&lt;/p&gt;"
            f"</content></entry>"
        )

    def body(self) -> bytes:
        items = "".join(self.items)
        head = "<title>Blog</title><id>tag:blog.example,2026:0</id>"
        return f"<feed xmlns='http://www.w3.org/2005/Atom'>{head}{items}</feed>".encode()


class Wire(FakeFeed):
    """Answers with the bytes it is given, as urllib3 reads them from a socket."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = Scripted()

    def _response(self, request: requests.PreparedRequest, answer: Scripted) -> requests.Response:
        made = super()._response(request, self.answer)
        made.raw = urllib3.HTTPResponse(
            io.BytesIO(self.answer.body), headers=dict(self.answer.headers), status=200,
            preload_content=False, decode_content=True,
        )  # fmt: skip
        return made


def sound_feed(kind: type[FakeFeed], spoil: Callable[[str], str] = lambda text: text) -> FakeFeed:
    """Some items; the text of one of them goes through `spoil`."""
    made = kind()
    for n in range(N_ITEMS):
        guid, when = f"tag:blog.example,2026:{n}", START - timedelta(minutes=n)
        text = f"Number {n} of the posts"
        made.items.append(made.item(guid, spoil(text) if n == BAD_ITEM else text, when))
    return made


def body_of(feed: FakeFeed) -> bytes:
    body = feed.body()
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def with_faults(body: bytes, dice: random.Random) -> bytes:
    """One to four things wrong anywhere."""
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(body) + 1)
        match dice.randrange(4):
            case 0:
                body = body[:at] + dice.choice(FRAGMENTS) + body[at:]
            case 1:
                end = at + dice.randrange(1, 400)
                body = body[:at] + body[at:end] * dice.randrange(2, 30) + body[end:]
            case 2:
                body = mutated(body, dice)
            case _:
                body = in_other_letters(body, dice)
    return body


def in_other_letters(body: bytes, dice: random.Random) -> bytes:
    """Written in one encoding, and perhaps declared as another."""
    written, told = dice.choice(ENCODINGS), dice.choice(ENCODINGS)
    text = f"<?xml version='1.0' encoding='{told}'?>" + body.decode("utf-8", "replace")
    return text.encode(written, "replace")


def bomb(dice: random.Random) -> Scripted:
    """Little that becomes much."""
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    match dice.randrange(5):
        case 0:
            packed = gzip.compress(b"<rss><channel>" + b" " * 60_000_000)
            return Scripted(200, packed, {"Content-Encoding": "gzip"})
        case 1:
            packed = zlib.compress(zlib.compress(b"\0" * 60_000_000))
            return Scripted(200, packed, {"Content-Encoding": "deflate, deflate"})
        case 2:
            text = f"<!DOCTYPE r [<!ENTITY l0 'ha'>{laughs}]><rss><channel>&l11;</channel></rss>"
            return Scripted(200, text.encode())
        case 3:
            return Scripted(200, b"<rss><channel>" + b"<item>" * 400_000)
        case _:
            return Scripted(200, b'{"version": "https://jsonfeed.org/version/1", "items": '
                            + b"[" * 900_000)  # fmt: skip


KINDS: Final = (FakeFeed, AtomFeed, FakeJsonFeed)


def try_one(n: int, dice: random.Random) -> Counter[str]:
    """One feed, read; what was wrong with how it was."""
    kind = KINDS[n % 3]
    wire, is_gentle = Wire(), dice.random() < 0.4
    headers = {"Content-Type": dice.choice((kind.content_type, "text/xml; charset=koi8-r", ""))}
    if n % BOMB_EVERY == 7:
        wire.answer = bomb(dice)
    elif is_gentle:
        odd = dice.choice(ODD_VALUES).replace("&", "&amp;").replace("<", "&lt;")
        if kind is not FakeJsonFeed:
            odd = "".join(c for c in odd if c >= " " and not "\ud800" <= c <= "\udfff")
        wire.answer = Scripted(200, body_of(sound_feed(kind, lambda text: odd)))
    else:
        body = with_faults(body_of(sound_feed(kind)), dice)
        wire.answer = Scripted(200, body, headers)
    began, found = time.process_time(), Counter[str]()
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP_S)
    try:
        page = connected(wire, URL).fetch(WATCH, None, since=SINCE)
        if is_gentle and n % BOMB_EVERY != 7:
            kept = {mention.uri for mention in page.mentions}
            good = {f"tag:blog.example,2026:{n}" for n in range(N_ITEMS) if n != BAD_ITEM}
            found["n_lost"] += not good <= kept
        found["n_read"] += bool(page.mentions)
    except ConnectorError:
        found["n_refused"] += 1
        found["n_lost"] += is_gentle and n % BOMB_EVERY != 7
    except Exception as e:
        found["n_crashed"] += 1
        sys.stderr.write(f"{n}: {type(e).__name__}: {e!s:.200}\n")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    found["n_hung"] += time.process_time() - began > HANG_S
    return found


def _give_up(_: int, frame: FrameType | None) -> None:
    raise TimeoutError("it hangs")


def memory_mb() -> float:
    """The most it ever was."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(n: int, seed: int) -> str:
    """One line of JSON."""
    signal.signal(signal.SIGVTALRM, _give_up)
    dice, found = random.Random(seed), Counter[str]()
    for number in range(20):
        try_one(number if number != 7 else 8, random.Random(number))
    before = memory_mb()
    for number in range(n):
        found += try_one(number, dice)
    names = ("n_read", "n_refused", "n_crashed", "n_hung", "n_lost")
    facts = {"n": n, **{name: found[name] for name in names}}
    return json.dumps(facts | {"memory_mb": round(memory_mb() - before, 1)})


if __name__ == "__main__":
    sys.stdout.write(main(int(sys.argv[1]), int(sys.argv[2])) + "\n")
