"""Packs: the ones that ship are whole; one that is not is refused whole, with the reason."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.template import slots
from socialdesk.engine.packs import MAX_BYTES, read_pack
from socialdesk.places import resource

GOOD = """
[[template]]
name = "Opening hours"
folder = "Questions"
[template.text]
en = "We open at {time}."
ru = "Открываемся в {time}."
"""


@pytest.mark.parametrize("name", ["bakery", "starter", "reviews"])
def test_a_pack_that_ships_has_three_languages_with_the_same_slots(name: str) -> None:
    templates = read_pack(resource("templates", f"{name}.toml"))
    assert len(templates) >= 5
    for template in templates:
        assert set(template.texts) == {"en", "ru", "kk"}
        assert len({frozenset(slots(text)) for text in template.texts.values()}) == 1


def test_a_pack_is_read(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD, encoding="utf-8")
    (template,) = read_pack(tmp_path / "own.toml")
    assert (template.name, template.folder) == ("Opening hours", "Questions")
    assert template.texts["ru"] == "Открываемся в {time}."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no [[template]]"),
        ("template = 1", "no [[template]]"),
        ("template = []", "no [[template]]"),
        ("template = ['a']", "no [[template]]"),
        ("[[template]", "not a TOML file"),
        ("a = " + "[" * 5000, "not a TOML file"),
        (GOOD.replace('name = "Opening hours"', ""), "no name"),
        (GOOD.replace('"Opening hours"', "7"), "no name"),
        (GOOD.replace('"Questions"', "7"), "folder"),
        (GOOD.replace('"We open at {time}."', '" "'), "one is empty"),
        (GOOD.replace('"We open at {time}."', "7"), "one is empty"),
        ('[[template]]\nname = "x"', "no text in any language"),
        (GOOD.replace("We open at {time}", "We open at {time"), "brace"),
        (GOOD.replace("We open at {time}", "We open at {hour}"), "differ"),
        (GOOD + GOOD, "twice"),
        ("#" * (MAX_BYTES + 1), "larger"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        read_pack(tmp_path / "own.toml")
    assert refused.value.fault is CommandFault.BAD_INPUT
    assert said in str(refused.value.facts["what"])


def test_a_pack_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "utf16.toml").write_bytes(GOOD.encode("utf-16"))
    for path in (tmp_path / "none.toml", tmp_path, tmp_path / "utf16.toml"):
        with pytest.raises(CommandError) as refused:
            read_pack(path)
        assert path.name in str(refused.value.facts["what"])


def _after_good(text: str) -> bytes:
    return (GOOD + text).encode("utf-8", "replace")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packs") / "any.toml"


@given(st.binary(max_size=300) | st.text(max_size=300).map(_after_good))
@example(b'template = [{name = "x", text = {en = "\\u0000"}}]')
def test_any_bytes_give_templates_or_a_sentence(file: Path, raw: bytes) -> None:
    file.write_bytes(raw)
    try:
        templates = read_pack(file)
    except CommandError as e:
        assert e.facts["what"]
    else:
        assert all(t.name and t.texts for t in templates)
