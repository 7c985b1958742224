"""Pictures of replies: nothing of the photographer leaves, nothing is uploaded twice, one post."""

import struct
import zlib
from pathlib import Path

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import ApproveReply, SendNow, SendReply, SetSetting
from socialdesk.engine.commands.answering import AddMedia
from socialdesk.engine.queries import ReadDetail
from socialdesk.engine.sending.media import add_media, read_media
from socialdesk.engine.sending.pictures import (
    GIF,
    JPEG,
    PNG,
    WEBP,
    NotAPictureError,
    cleaned,
    kind_of,
)
from socialdesk.networks.testing_pictures import PIXEL
from socialdesk.practice.faults import Fault, Trouble
from tests.engine.conftest import Bench

PLACE = b"48.8584N 2.2945E CANARY"
MEDIA, POSTS = "/api/v2/media", "/api/v1/statuses"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(turn: int) -> bytes:
    tag = struct.pack("<HHIHH", 0x0112, 3, 1, turn, 0)
    gps = struct.pack("<HHII", 0x8825, 4, 1, 38)
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 2) + tag + gps + b"\0" * 4 + PLACE


def a_jpeg(turn: int = 6) -> bytes:
    """A photo as a telephone writes it: EXIF, XMP, IPTC, a comment, and a film behind it."""
    return (
        b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + segment(0xE1, exif(turn))
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACE)
        + segment(0xED, b"Photoshop 3.0\0" + PLACE) + segment(0xFE, PLACE)
        + segment(0xE2, b"MPF\0" + PLACE) + segment(0xE2, b"ICC_PROFILE\0\1\1colours")
        + segment(0xDB, b"\0" * 65) + segment(0xC0, b"\x08\0\1\0\1\1\1\x11\0")
        + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\0\x34\xff\xd0\x56" + b"\xff\xd9"
        + b"\0\0\0\x18ftypmp42" + PLACE
    )  # fmt: skip


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def a_png() -> bytes:
    end = PIXEL.index(b"IEND") - 4
    said = chunk(b"tEXt", b"Comment\0" + PLACE) + chunk(b"eXIf", PLACE) + chunk(b"tIME", PLACE)
    return PIXEL[:end] + said + PIXEL[end:] + PLACE


def a_gif() -> bytes:
    head = b"GIF89a\1\0\1\0\x80\0\0" + b"\0" * 6
    loop = b"\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0"
    said = b"\x21\xfe" + bytes((len(PLACE),)) + PLACE + b"\0"
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes((len(PLACE),)) + PLACE + b"\0"
    picture = b"\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
    return head + loop + said + xmp + picture + b";" + PLACE


def a_webp() -> bytes:
    def riff(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    body = riff(b"VP8X", b"\x0c" + b"\0" * 9) + riff(b"VP8L", b"picture!") + riff(b"EXIF", PLACE)
    body += riff(b"XMP ", PLACE)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


PHOTOS = {JPEG: a_jpeg(), PNG: a_png(), GIF: a_gif(), WEBP: a_webp()}


def test_a_large_photo_is_read_once_and_not_once_for_each_of_its_bytes() -> None:
    """Every stuffed byte used to copy the rest of the file: this one took minutes."""
    photo = a_jpeg()
    scan = photo.index(b"\x12\xff\0\x34")
    large = photo[:scan] + b"\x12\xff\0\x34" * 2_000_000 + photo[scan:]
    assert len(cleaned(large)) == len(cleaned(photo)) + 8_000_000


@pytest.mark.parametrize("mime", PHOTOS)
def test_what_a_camera_wrote_stays_here(mime: str) -> None:
    clean = cleaned(PHOTOS[mime])
    assert kind_of(clean) == mime
    assert b"CANARY" not in clean
    assert cleaned(clean) == clean


def test_the_picture_itself_is_untouched() -> None:
    assert cleaned(a_png()) == PIXEL
    clean = cleaned(a_jpeg())
    assert b"\x12\xff\0\x34\xff\xd0\x56\xff\xd9" in clean
    assert b"ICC_PROFILE" in clean and b"JFIF" in clean
    assert b"NETSCAPE2.0" in cleaned(a_gif())


def test_a_photo_keeps_its_turn_and_nothing_else_of_its_exif() -> None:
    clean = cleaned(a_jpeg(turn=6))
    assert clean.count(b"Exif\0\0") == 1
    at = clean.index(b"Exif\0\0") + 6
    assert struct.unpack_from(">HHIHH", clean, at + 10)[0::3] == (0x0112, 6)
    assert b"Exif" not in cleaned(a_jpeg(turn=1))


@pytest.mark.promise(26)
@pytest.mark.parametrize("mime", PHOTOS)
def test_a_torn_picture_is_refused_and_never_hangs(mime: str) -> None:
    whole = PHOTOS[mime].partition(b"\xff\xd9" if mime == JPEG else b"IEND")[0]
    for n in range(0, min(len(whole), 200), 3):
        try:
            cleaned(whole[:n])
        except NotAPictureError:
            continue
        assert mime in (GIF, WEBP)


@pytest.mark.promise(28)
def test_a_file_is_named_by_its_bytes_alone(tmp_path: Path) -> None:
    source = tmp_path / "..%2f CON.jpg.exe"
    source.write_bytes(a_jpeg())
    one = add_media(tmp_path / "media", source)
    assert one == add_media(tmp_path / "media", source)
    (kept,) = (tmp_path / "media").iterdir()
    assert kept.name == one["file"] and kept.suffix == ".jpg"
    picture = Picture(one["file"], one["mime"])
    assert b"CANARY" not in read_media(tmp_path / "media", picture)
    kept.write_bytes(b"another picture")
    with pytest.raises(CommandError):
        read_media(tmp_path / "media", picture)


@pytest.mark.promise(26)
@pytest.mark.parametrize(("content", "why"), [
    (b"MZ a program", "wrong_type"), (b"", "wrong_type"), (b"<svg onload=x>", "wrong_type"),
    (b"\xff\xd8\xff torn", "unreadable"),
])  # fmt: skip
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    source = tmp_path / "photo.jpg"
    source.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        add_media(tmp_path / "media", source)
    assert refusal.value.facts["why"] == why


# --- on their way ---


def with_picture(bench: Bench, tmp_path: Path, **more: object) -> int:
    """A reply with one picture to the first mention; its outbox row."""
    source = tmp_path / "loaf.png"
    source.write_bytes(a_png())
    made = bench.desk.do(AddMedia(str(source))).result().answer
    packed = ((made["file"], made["mime"], "A loaf of bread"),)
    row = bench.rows()[0]
    command = SendReply(row.id, "Like this.", is_sure=True, pictures=packed)
    return int(bench.desk.do(command).result().answer["outbox_id"])


def shown(bench: Bench) -> list[str]:
    (post,) = bench.network.posts_by_us()
    return [one.alt for one in bench.network.pictures_of(post)]


def test_a_reply_with_a_picture_is_one_post_that_shows_it(bench: Bench, tmp_path: Path) -> None:
    with_picture(bench, tmp_path)
    bench.turn(60)
    assert shown(bench) == ["A loaf of bread"]
    (row,) = bench.outbox()
    assert row.state is OutboxState.SENT
    detail = bench.desk.ask(ReadDetail(row.mention_id)).result()
    assert detail is not None
    (ours,) = [post for post in detail.thread if post.is_own]
    assert [alt for _, _, alt in ours.attachments] == ["A loaf of bread"]


@pytest.mark.parametrize("trouble", [
    Trouble.TIME_OUT, Trouble.BROKEN, Trouble.SERVER_ERROR, Trouble.LIMIT_SECONDS,
    Trouble.NO_ROUTE, Trouble.WEB_PAGE,
])  # fmt: skip
def test_a_failed_upload_is_tried_again_and_never_in_doubt(
    bench: Bench, tmp_path: Path, trouble: Trouble
) -> None:
    bench.network.faults.add(Fault(trouble, "POST", MEDIA))
    with_picture(bench, tmp_path)
    bench.turn(30)
    assert bench.outbox()[0].state is OutboxState.QUEUED
    bench.turn(1200)
    assert shown(bench) == ["A loaf of bread"]


def test_a_post_tried_again_uploads_nothing_twice(bench: Bench, tmp_path: Path) -> None:
    bench.network.faults.add(Fault(Trouble.LIMIT_SECONDS, "POST", POSTS, remaining=3))
    with_picture(bench, tmp_path)
    bench.turn(1200)
    assert shown(bench) == ["A loaf of bread"]
    assert bench.network.n_uploads() == 1


def test_silence_after_the_post_makes_no_second_one(bench: Bench, tmp_path: Path) -> None:
    bench.network.faults.add(Fault(Trouble.TIME_OUT, "POST", POSTS, is_stored=True))
    with_picture(bench, tmp_path)
    bench.turn(1200)
    assert shown(bench) == ["A loaf of bread"]
    assert bench.network.n_uploads() == 1


def test_a_picture_that_is_read_slowly_is_waited_for(bench: Bench, tmp_path: Path) -> None:
    bench.network.read_slowly(5)
    with_picture(bench, tmp_path)
    bench.turn(15)
    assert (bench.outbox()[0].state, bench.outbox()[0].reason) == (OutboxState.QUEUED, "pictures")
    bench.turn(300)
    assert shown(bench) == ["A loaf of bread"]


def test_one_that_is_never_read_fails_clearly(bench: Bench, tmp_path: Path) -> None:
    bench.network.read_slowly(10_000)
    outbox_id = with_picture(bench, tmp_path)
    bench.turn(3600)
    assert (bench.outbox()[0].state, bench.outbox()[0].reason) == (
        OutboxState.FAILED, "picture_stuck",
    )  # fmt: skip
    bench.network.read_slowly(0)
    bench.desk.do(SendNow(outbox_id)).result()
    bench.turn(60)
    assert shown(bench) == ["A loaf of bread"]
    assert bench.network.n_posts_by_us() == 1


def test_a_file_that_is_gone_fails_clearly(bench: Bench, tmp_path: Path) -> None:
    with_picture(bench, tmp_path)
    for file in (tmp_path / "a" / "media").iterdir():
        file.unlink()
    bench.turn(60)
    assert (bench.outbox()[0].state, bench.outbox()[0].reason) == (
        OutboxState.FAILED, "picture_missing",
    )  # fmt: skip
    assert bench.network.n_posts_by_us() == 0


def refused(bench: Bench, pictures: tuple[tuple[str, str, str], ...]) -> str:
    row = bench.rows()[0]
    with pytest.raises(CommandError) as refusal:
        bench.desk.do(SendReply(row.id, "x", is_sure=True, pictures=pictures)).result()
    fault = refusal.value
    return str(fault.facts.get("why", fault.fault.value))


def test_what_the_network_does_not_take_is_said_before_sending(
    bench: Bench, tmp_path: Path
) -> None:
    source = tmp_path / "loaf.png"
    source.write_bytes(a_png())
    made = bench.desk.do(AddMedia(str(source))).result().answer
    one = (made["file"], made["mime"], "A loaf")
    assert refused(bench, (one,) * 5) == "too_many"
    assert refused(bench, ((made["file"], "video/mp4", "A loaf"),)) == "wrong_type"
    assert refused(bench, ((made["file"], made["mime"], "a" * 2000),)) == "alt_too_long"
    assert refused(bench, (("0" * 64 + ".png", "image/png", "A loaf"),)) == "missing"
    assert refused(bench, (("../workspace.db", "image/png", "A loaf"),)) == "bad_input"
    bench.desk.do(SetSetting("alt_text", "required")).result()
    assert refused(bench, ((made["file"], made["mime"], " "),)) == "no_alt"


def test_a_picture_needs_the_look_that_free_text_needs(bench: Bench, tmp_path: Path) -> None:
    bench.desk.do(SetSetting("policy", "approval")).result()
    outbox_id = with_picture(bench, tmp_path)
    row = bench.outbox()[0]
    assert row.state is OutboxState.APPROVAL
    with pytest.raises(CommandError) as refusal:
        bench.desk.do(ApproveReply(outbox_id, "0" * 64)).result()
    assert refusal.value.fault is CommandFault.CHANGED_SINCE
    bench.desk.do(ApproveReply(outbox_id, row.hash)).result()
    bench.turn(60)
    assert shown(bench) == ["A loaf of bread"]
