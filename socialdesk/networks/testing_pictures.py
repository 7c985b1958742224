"""The contract of connectors that take pictures; beside `testing.ConnectorContract`.

Subclass `PictureContract` with the same fixtures; the server has `pictures_of` too, and
`read_slowly` where its network reads pictures after it took them.

The contract: the card tells the limits; a reply carries its pictures, in order, with their
descriptions, and so does a post of our own; a picture handed over and never named makes no post; a
failed upload never says that a post may be there; one that is still being read is told as such.
"""

import hashlib

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import ConnectorError, UnreachableError
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.base import Connector, TakesPictures, TakesPosts
from socialdesk.networks.scripted import START, ScriptedServer

# The smallest whole PNG: one clear pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b494441"
    "5478da636000020000050001e9fadcd80000000049454e44ae426082"
)


def a_picture(content: bytes = PIXEL, alt: str = "A loaf of bread") -> Picture:
    """As the outbox has it before it is uploaded."""
    return Picture(f"{hashlib.sha256(content).hexdigest()}.png", "image/png", alt)


class PictureContract:
    """See the module's docstring."""

    watch = Watch(WatchKind.MENTIONS)

    @pytest.fixture
    def server(self) -> ScriptedServer:
        raise NotImplementedError

    @pytest.fixture
    def connector(self, server: ScriptedServer) -> Connector:
        raise NotImplementedError

    def test_the_card_tells_the_limits(self, connector: Connector) -> None:
        card = connector.card()
        assert Can.MEDIA in card.can
        assert isinstance(connector, TakesPictures)
        rule = card.pictures
        assert rule is not None
        assert rule.n_max >= 1
        assert rule.max_bytes >= 100_000
        assert {"image/jpeg", "image/png"} <= set(rule.types)

    def test_a_reply_carries_its_pictures_with_their_descriptions(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        outgoing = _outgoing(self.watch, server, connector)
        other = PIXEL + b"\0"
        pictures = tuple(
            _uploaded(connector, a_picture(content, alt), content)
            for content, alt in ((PIXEL, "A loaf"), (other, ""))
        )
        posted = connector.reply(_with(outgoing, pictures))
        assert server.pictures_of(outgoing.text) == [(PIXEL, "A loaf"), (other, "")]
        assert connector.find_reply(_with(outgoing, pictures)) == posted
        assert server.n_posted(outgoing.text) == 1

    def test_a_post_of_our_own_carries_its_pictures(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        if not isinstance(connector, TakesPosts):
            pytest.skip("this network cannot: POST")
        picture = _uploaded(connector, a_picture(), PIXEL)
        outgoing = Outgoing("", "", "So it looks now.", "k", server.now, pictures=(picture,))
        posted = connector.post(outgoing)
        assert server.pictures_of(outgoing.text) == [(PIXEL, picture.alt)]
        assert server.parent_of(outgoing.text) == ""
        assert connector.find_post(outgoing) == posted

    def test_a_picture_alone_makes_no_post(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        outgoing = _outgoing(self.watch, server, connector)
        _uploaded(connector, a_picture(), PIXEL)
        assert server.n_posted(outgoing.text) == 0
        assert connector.find_reply(outgoing) is None

    def test_a_lost_answer_to_an_upload_makes_no_post_and_it_may_be_repeated(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        outgoing = _outgoing(self.watch, server, connector)
        assert isinstance(connector, TakesPictures)
        server.lose_answers()
        with pytest.raises(UnreachableError):
            connector.upload(a_picture(), PIXEL)
        picture = _uploaded(connector, a_picture(), PIXEL)
        connector.reply(_with(outgoing, (picture,)))
        assert server.n_posted(outgoing.text) == 1
        assert len(server.pictures_of(outgoing.text)) == 1

    def test_an_unreadable_answer_to_an_upload_is_an_error_of_ours(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        assert isinstance(connector, TakesPictures)
        for status, body in ((200, b"<html>"), (200, b"{}"), (200, b"7"), (500, b""), (413, b"")):
            server.always_to_writes(status, body)
            with pytest.raises(ConnectorError):
                connector.upload(a_picture(), PIXEL)

    def test_one_that_is_still_being_read_is_told(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        assert isinstance(connector, TakesPictures)
        server.read_slowly(2)
        name, is_ready = connector.upload(a_picture(), PIXEL)
        n_asked = 0
        while not is_ready:
            is_ready = connector.is_uploaded(name)
            n_asked += 1
            assert n_asked < 10
        assert connector.is_uploaded(name)


def _uploaded(connector: Connector, picture: Picture, content: bytes) -> Picture:
    assert isinstance(connector, TakesPictures)
    name, _ = connector.upload(picture, content)
    assert name
    return Picture(picture.file, picture.mime, picture.alt, name)


def _outgoing(watch: Watch, server: ScriptedServer, connector: Connector) -> Outgoing:
    uri = server.add_mention("what does it look like?")
    page = connector.fetch(watch, None, since=START.replace(year=2025))
    parent = next(m for m in page.mentions if m.uri == uri)
    key = "0a1c2a90-6b0e-4f6c-9a53-0d7c9a1b2c3d"
    return Outgoing(parent.remote_id, parent.uri, "Like this.", key, made_at=server.now)


def _with(outgoing: Outgoing, pictures: tuple[Picture, ...]) -> Outgoing:
    return Outgoing(
        outgoing.parent_remote_id, outgoing.parent_uri, outgoing.text, outgoing.dedupe_key,
        outgoing.made_at, pictures=pictures,
    )  # fmt: skip
