"""Letters as our connector reads them, from a folder that holds only them."""

from datetime import timedelta
from pathlib import Path

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.mentions.mention import Mention
from socialdesk.networks.base import Page
from socialdesk.networks.testing import START, read_on
from tests.networks.fake_imap import FakeImap
from tests.networks.samples.imap import SAMPLE

FOLDER = Path(__file__).parents[1] / "fixtures/imap"
MENTIONS = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=7)


def fixture(name: str) -> bytes:
    return (FOLDER / f"{name}.eml").read_bytes()


def letter(body: bytes = b"Words\r\n", **headers: str) -> bytes:
    """A letter of Ann's with other headers; `_` stands for `-`, "" leaves one out."""
    named = {
        "From": "Ann Example <ann@people.example>",
        "Subject": "Hello",
        "Message-ID": "<1@people.example>",
        "Content-Type": "text/plain; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return head.encode("utf-8", "surrogateescape") + b"\r\n" + body


def fetched(*letters: bytes, watch: Watch = MENTIONS) -> Page:
    """The one page that these letters make."""
    server = FakeImap()
    for raw in letters:
        server.add(raw)
    _, pages, _ = read_on(SAMPLE.connect(server), watch, None, SINCE)
    (page,) = pages
    return page


def only(raw: bytes) -> Mention:
    """What one letter becomes."""
    (mention,) = fetched(raw).mentions
    return mention
