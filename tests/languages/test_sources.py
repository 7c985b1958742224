"""Every text that a person reads passes tr(), as a literal that translators get to see."""

import re

from tests.languages import sources

# Where tr() is given a variable, for one reason: connectors mark their texts with said().
LOOK_UP_PLACES = {
    "socialdesk/ui/accounts/choose.py", "socialdesk/ui/accounts/form.py",
    "socialdesk/ui/accounts/guide.py", "socialdesk/ui/crm/words.py",
    "socialdesk/ui/network_names.py", "socialdesk/ui/panels/screen.py",
}  # fmt: skip
# Shown as it stands, in every language: text -> why.
SAME_EVERYWHERE = {
    "SocialDesk": "the program's name",
    " F": "a function key",
    "Ctrl+": "a key",
    "SEV": "a code that is the same in every document of an incident",
    "person.zip": "a file name that is offered",
    "people.csv": "a file name that is offered",
    "*.txt": "an ending",
    "*.json": "an ending",
    "*.zip": "an ending",
    "*.db": "an ending",
}

TYPED = re.compile(r"\{[\w:|]+\}|[a-z]+:\S+")  # a slot or an operator, told as it is typed


def test_every_text_is_a_plain_literal() -> None:
    assert list(sources.put_together()) == []


def test_tr_takes_a_variable_only_where_marked_texts_are_looked_up() -> None:
    assert set(sources.renamed()) == LOOK_UP_PLACES


def test_no_word_is_shown_as_it_stands_in_the_source() -> None:
    found = [f for f in sources.untold() if f.text not in SAME_EVERYWHERE]
    assert found == []


def test_no_hole_is_filled_with_an_english_word() -> None:
    found = [f for f in sources.holes_in_english() if not TYPED.fullmatch(f.text)]
    assert found == []


def test_every_exception_is_still_needed() -> None:
    """A text that is shown no more needs no reason."""
    shown = {f.text for f in sources.untold()}
    assert set(SAME_EVERYWHERE) - shown == set()
