"""Pictures that the engine has made smaller: for a network, and to be shown."""

import os
import random
import signal
import struct
import sys
import zlib
from base64 import b64decode
from pathlib import Path

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.commands.answering import AddMedia, MakeThumbnail
from socialdesk.engine.errands import media as media_errands
from socialdesk.engine.sending import small_pictures
from socialdesk.engine.sending.pictures import JPEG, PNG, kind_of
from socialdesk.engine.sending.small_pictures import LEFT_S, passing_name
from socialdesk.practice.kinds import Kind
from tests.engine.conftest import Bench, StartBench
from tests.engine.kills import open_desk

SIDE, LIMIT = 300, 60_000  # px, bytes


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def noise() -> bytes:
    """A PNG that no encoder makes small: 270 KB."""
    dice = random.Random(7)
    rows = b"".join(b"\0" + dice.randbytes(SIDE * 3) for _ in range(SIDE))
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    path.write_bytes(noise())
    return path


@pytest.fixture
def media(tmp_path: Path) -> Path:
    """The media folder of `bench`."""
    return tmp_path / "a" / "media"


def test_one_too_large_for_the_network_is_taken_smaller(
    bench: Bench, media: Path, photo: Path
) -> None:
    answer = bench.desk.do(AddMedia(str(photo), LIMIT)).result().answer
    content = (media / answer["file"]).read_bytes()
    assert kind_of(content) == answer["mime"] == JPEG
    assert LIMIT / 3 < len(content) == answer["n_bytes"] <= LIMIT
    assert answer["n_before"] == photo.stat().st_size
    assert [f.name for f in media.iterdir()] == [answer["file"]]


@pytest.mark.parametrize("limit", [0, 10**9])
def test_one_that_may_go_goes_as_it_is(bench: Bench, media: Path, photo: Path, limit: int) -> None:
    answer = bench.desk.do(AddMedia(str(photo), limit)).result().answer
    assert answer["mime"] == PNG
    assert (media / answer["file"]).read_bytes() == photo.read_bytes()


def test_one_that_cannot_be_made_smaller_is_judged_as_it_is(
    bench: Bench, media: Path, tmp_path: Path
) -> None:
    source = tmp_path / "photo.jpg"
    source.write_bytes(b"\xff\xd8\xff torn" + bytes(LIMIT))
    with pytest.raises(CommandError) as refusal:
        bench.desk.do(AddMedia(str(source), LIMIT)).result()
    assert refusal.value.fault is CommandFault.PICTURE
    assert not media.exists() or not list(media.iterdir())


def test_what_the_window_wrote_only_for_this_goes_again(bench: Bench, photo: Path) -> None:
    passing, torn = (photo.with_name(passing_name()) for _ in range(2))
    passing.write_bytes(photo.read_bytes())
    torn.write_bytes(b"torn")
    bench.desk.do(AddMedia(str(passing), LIMIT)).result()
    with pytest.raises(CommandError):
        bench.desk.do(AddMedia(str(torn), LIMIT)).result()
    bench.desk.do(AddMedia(str(photo), LIMIT)).result()
    assert [f.name for f in photo.parent.glob("*.png")] == [photo.name]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the killed engine is a fork")
@pytest.mark.parametrize("is_gone", [False, True])
def test_an_engine_killed_before_it_answered_costs_no_pasted_picture(
    bench: Bench, start_bench: StartBench, photo: Path, tmp_path: Path, monkeypatch, is_gone: bool
) -> None:
    """Before or after the window's file went; the next engine is asked again under the same id."""
    passing = photo.with_name(passing_name())
    passing.write_bytes(photo.read_bytes())
    command = AddMedia(str(passing))
    bench.end()  # a fork takes no threads along

    def die(taken: Path) -> None:
        if is_gone:
            small_pictures.remove_passing(taken)
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        try:
            monkeypatch.setattr(media_errands, "remove_passing", die)
            open_desk(tmp_path / "a", Kind.HONOURS_KEY, bench.clock).do(command, "one").result()
        finally:
            os._exit(1)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert passing.exists() is not is_gone
    again = start_bench(bench.clock)
    answer = again.desk.do(command, "one").result().answer
    assert answer["n_before"] == photo.stat().st_size
    folder = tmp_path / "a" / "media"
    assert [file.name for file in folder.iterdir()] == [answer["file"]]


def test_what_was_pasted_and_never_taken_goes_with_the_next_one(bench: Bench, photo: Path) -> None:
    left, fresh, passing = (photo.with_name(passing_name()) for _ in range(3))
    for file in (left, fresh, passing):
        file.write_bytes(photo.read_bytes())
    long_ago = passing.stat().st_mtime - LEFT_S - 60
    os.utime(left, (long_ago, long_ago))
    os.utime(photo, (long_ago, long_ago))
    bench.desk.do(AddMedia(str(passing), LIMIT)).result()
    assert {f.name for f in photo.parent.glob("*.png")} == {photo.name, fresh.name}


def test_a_picture_of_the_media_folder_is_shown_small(bench: Bench, photo: Path) -> None:
    file = bench.desk.do(AddMedia(str(photo))).result().answer["file"]
    png = b64decode(bench.desk.do(MakeThumbnail(file, 88)).result().answer["png"])
    assert kind_of(png) == PNG
    assert struct.unpack(">II", png[16:24]) == (88, 88)


def test_nothing_else_is_opened(bench: Bench, photo: Path) -> None:
    for name in (str(photo), "../photo.png", "0" * 64 + ".png", ""):
        assert bench.desk.do(MakeThumbnail(name, 88)).result().answer == {"png": ""}


@pytest.mark.parametrize(
    "program", ["import os; os.abort()", "import threading as t; t.Event().wait()"]
)
def test_a_child_that_dies_or_hangs_costs_the_smaller_one_only(
    photo: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(small_pictures, "TIMEOUT_S", 1.0)
    monkeypatch.setattr(small_pictures, "command_of", lambda *_: [sys.executable, "-c", program])
    assert small_pictures.thumbnail(photo, 88) == b""
    with small_pictures.fitted(photo, LIMIT) as smaller:
        assert smaller is None
