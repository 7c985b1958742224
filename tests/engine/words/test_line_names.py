"""Each reply line that we ship has a name in every language; one's own is called by its key."""

import pytest

from socialdesk.engine.playbooks import shipped_raw
from socialdesk.engine.words.line_names import line_words
from socialdesk.i18n import set_language
from socialdesk.places import resource
from tests.languages.pseudo import outside_brackets, speak_pseudo

FILES = [f.stem for f in sorted(resource("playbooks").glob("*.toml"))]


@pytest.mark.parametrize("playbook", FILES)
def test_each_shipped_line_has_a_name_that_is_translated(playbook) -> None:
    lines = shipped_raw(playbook).get("line", [])
    speak_pseudo()
    english = [line["key"] for line in lines if outside_brackets(line_words(line["key"]))]
    set_language("en")
    assert lines
    assert english == []


def test_a_line_of_ones_own_is_called_by_its_key() -> None:
    assert line_words("my_line") == "My line"
