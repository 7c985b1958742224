"""Templates out to a file and back in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.template import bad_braces, slots
from socialdesk.engine.errands import templates as template_files
from socialdesk.engine.packs import PackTemplate, pack_text, read_pack
from socialdesk.store.replies import templates
from tests.store.queue_file import QueueFile


@pytest.fixture
def file(tmp_path: Path) -> Iterator[QueueFile]:
    made = QueueFile(tmp_path)
    yield made
    made.close()


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="{}"), min_size=1, max_size=40)
TEXTS = WORDS.map(str.strip).filter(bool)


@given(
    st.dictionaries(TEXTS, st.dictionaries(st.sampled_from(["en", "ru", "kk"]), TEXTS, min_size=1),
                    min_size=1, max_size=4),
    TEXTS,
)  # fmt: skip
def test_what_is_written_is_read_back(tmp_path_factory, given_texts, folder):
    packs = [PackTemplate(name, folder, texts) for name, texts in given_texts.items()]
    path = tmp_path_factory.mktemp("packs") / "own.toml"
    path.write_text(pack_text(packs), encoding="utf-8", newline="\n")
    assert read_pack(path) == packs


def save(file: QueueFile, body: str, *, lang="en", name="Late", template=0, approved=True) -> int:
    made = file.write(
        lambda tx: templates.save_version(
            tx, name=name, body=body, lang=lang, person=file.ann, template_id=template
        )
    )
    if approved:
        file.write(lambda tx: templates.approve(tx, made.version_id, made.hash, file.ann))
    return made.template_id


def test_approved_words_go_out_and_come_back(file: QueueFile, tmp_path: Path):
    late = save(file, "Sorry, {name}. {when:today|tomorrow}?")
    save(file, "Простите, {name}. {when:сегодня|завтра}?", lang="ru", template=late)
    save(file, "New words, {name} {when}.", template=late, approved=False)
    save(file, "Never approved", name="Draft", approved=False)
    found = file.read(template_files.packed)
    template_files.write(tmp_path / "out.toml", found)
    (back,) = read_pack(tmp_path / "out.toml")
    assert back.texts["en"].startswith("Sorry") and set(back.texts) == {"en", "ru"}
    assert not bad_braces(back.texts["ru"]) and slots(back.texts["ru"]) == ["name", "when"]
    newest = file.read(template_files.packed, only_approved=False)
    assert {t.name for t in newest} == {"Draft", "Late"}


def test_a_file_that_is_there_is_not_written_over(file: QueueFile, tmp_path: Path):
    save(file, "Sorry.")
    (tmp_path / "out.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        template_files.write(tmp_path / "out.toml", file.read(template_files.packed))
    assert refused.value.fault is CommandFault.BAD_INPUT
    assert (tmp_path / "out.toml").read_text("utf-8") == "mine"


def test_nothing_to_write_is_said(tmp_path: Path):
    with pytest.raises(CommandError) as refused:
        template_files.write(tmp_path / "out.toml", [])
    assert refused.value.fault is CommandFault.EMPTY
    assert not (tmp_path / "out.toml").exists()
