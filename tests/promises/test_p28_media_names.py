"""Promise 28: whatever a picture was called, its file lies in the media folder under the hash of
its bytes; and no other name is ever opened there."""

import hashlib
from itertools import product
from pathlib import Path

import pytest

from socialdesk.domain.errors import CommandError
from socialdesk.domain.replies.picture import Picture, is_media_file
from socialdesk.engine.sending.media import add_media, read_media
from socialdesk.engine.sending.pictures import PNG
from socialdesk.networks.testing_pictures import PIXEL

HASH = hashlib.sha256(b"another").hexdigest()
STEMS = (
    "..", "../..", "/etc/passwd", "C:\\Windows\\win.ini", "\\\\host.example\\share\\a", "//host/a",
    "a\0b", "CON", "NUL", "LPT1", "a.", "a ", "x" * 300, "a.png:stream", "\u202egnp.exe", HASH,
    HASH.upper(), "..%2f..%2fa", "a\nb", "~root", "$HOME", "a;rm", "`id`", "-rf", "",
)  # fmt: skip
FORMS = (
    "{}", "{}.png", "./{}.png", "../{}.png", "{}.png.exe", "{}.PNG", "{}.png/", "a/{}.png",
    "{}.svg", "{}.png\0", " {}.png", "{}.png ", "{}..png", "{}.jpeg", "/{}.png", "{}.html",
    "sub\\{}.png", "{}.png\u202e", "%00{}.png", "{}.png#x",
)  # fmt: skip
NAMES = sorted({form.format(stem) for stem, form in product(STEMS, FORMS)})
OURS = f"{HASH}.png"


@pytest.mark.promise(28)
def test_five_hundred_names_are_never_opened(tmp_path: Path, trials) -> None:
    folder = tmp_path / "media"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PIXEL)
    assert len(NAMES) >= 490
    for name in NAMES:
        assert is_media_file(name) == (name == OURS), name
        with pytest.raises(CommandError):
            read_media(folder, Picture(name, PNG))
        trials.add()
    with pytest.raises(CommandError):
        read_media(folder, Picture("../secret.png", PNG))


@pytest.mark.promise(28)
def test_pictures_of_any_name_lie_under_their_hash(tmp_path: Path, trials) -> None:
    """Those of the names that this system can give a file."""
    folder, source, kept = tmp_path / "media", tmp_path / "source", set()
    source.mkdir()
    for number, name in enumerate(NAMES):
        path = source / name.replace("/", "_").replace("\\", "_")
        content = PIXEL + b"%d" % number  # what stands behind a PNG's end is left out
        try:
            path.write_bytes(content)
        except (OSError, ValueError):  # a name this system cannot give
            continue
        kept.add(add_media(folder, path)["file"])
        path.unlink()
        trials.add()
    assert trials.n_tried > 300
    assert {path.name for path in folder.iterdir()} == kept
    assert kept == {f"{hashlib.sha256(PIXEL).hexdigest()}.png"}
