"""The models' files: what is written is read again, and damage is an error of one kind."""

from pathlib import Path

import pytest

from socialdesk.analysis.language_model import LanguageModel
from socialdesk.analysis.mood_table import MoodTable
from socialdesk.analysis.packed import ModelError, read_packed, write_packed
from socialdesk.places import resource

MODELS = sorted(resource("models").glob("*.model"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pond.model"
    write_packed(path, {"format": "pond", "lang": "en"}, b"frogs" * 100)
    return path


def test_what_was_written_is_read(file: Path):
    header, body = read_packed(file, "pond")
    assert (header["lang"], body) == ("en", b"frogs" * 100)


def test_the_same_model_gives_the_same_bytes(file: Path, tmp_path: Path):
    write_packed(tmp_path / "again", {"format": "pond", "lang": "en"}, b"frogs" * 100)
    assert (tmp_path / "again").read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: b"",
        lambda raw: raw[:-3],
        lambda raw: raw[:40],
        lambda raw: raw.replace(b'"version": 1', b'"version": 2'),
        lambda raw: raw.replace(b"pond", b"lake"),
        lambda raw: raw.replace(b'"crc32": ', b'"crc32": 1'),
        lambda raw: b"[]\n" + raw.partition(b"\n")[2],
        lambda raw: b"\xff\xfe\n" + raw.partition(b"\n")[2],
        lambda raw: raw.partition(b"\n")[0] + b"\nnot packed",
    ],
    ids=["empty", "cut", "cut in the head", "version", "kind", "sum", "list", "not text", "body"],
)
def test_damage_is_a_model_error_that_names_the_file(file: Path, spoil):
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(ModelError, match=r"pond\.model"):
        read_packed(file, "pond")


def test_a_missing_file_is_a_model_error(tmp_path: Path):
    with pytest.raises(ModelError):
        read_packed(tmp_path / "none", "pond")


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", [MoodTable.read, LanguageModel], ids=["moods", "language"])
def test_a_header_that_fits_another_body_is_a_model_error(path: Path, kind, tmp_path: Path):
    form = "socialdesk-moods" if kind == MoodTable.read else "socialdesk-language"
    header, body = read_packed(path, "socialdesk-language" if path.stem == "language" else
                               "socialdesk-moods")  # fmt: skip
    own = {name: value for name, value in header.items() if name not in ("n_bytes", "crc32")}
    write_packed(tmp_path / "bent", {**own, "format": form}, body[:-1])
    with pytest.raises(ModelError):
        kind(tmp_path / "bent")


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_shipped_model_says_where_it_comes_from_and_is_small(path: Path):
    header = read_packed(path, "socialdesk-language" if path.stem == "language" else
                         "socialdesk-moods")[0]  # fmt: skip
    assert header["source"] and header["licence"]
    assert path.stat().st_size < 1_000_000
    assert path.stem.split("-")[-1] in resource("models", "README.md").read_text("utf-8")
