"""The command line says everything in the language in use, also what argparse says by itself."""

import argparse
import re
from collections.abc import Iterator

import pytest

from socialdesk.app import window_arguments
from socialdesk.cli.arguments import parser
from socialdesk.cli.exit_codes import USAGE
from socialdesk.cli.main import ALONE, WITH_DESK
from socialdesk.cli.parsing import fault
from socialdesk.i18n import set_language
from tests.languages.pseudo import outside_brackets, speak_pseudo
from tests.tools import translations

COMMANDS = sorted({*WITH_DESK, *ALONE})
TYPED = re.compile(
    r"(?<![\w-])--?[\w-]+|\{[\w,.-]+\}|\bsocialdesk\b"
)  # options, choices, our own name
ARGPARSE = ("usage:", "options:", "positional", "arguments", "show this", "required", "invalid",
            "choose from", "expected", "unrecognized", "not allowed", "ignored", "ambiguous",
            "error:", "exit")  # fmt: skip
# One of each kind that argparse knows, and of each type of ours.
WRONG = [
    ["serach"], ["reply", "7"], ["contacts"], ["search"], ["queue", "--limit"],
    ["queue", "--limit", "0"], ["reply", "seven", "--template", "x"], ["queue", "--lim", "3"],
    ["queue", "--json=3"], ["drill", "--speed", "3"], ["rules", "undoo"],
    ["practice", "--speed", "0"],
    ["erase", "--name", "x", "--receipt", "y"], ["reply", "7", "--template", "x", "--slot", "a"],
    ["erase", "--name", "x", "--receipt", "y", "--contact", "1", "--mention", "2"],
    ["temperature", "x", "--at", "noon"], ["queue", "waiting"],
]  # fmt: skip

translated = pytest.mark.parametrize("code", translations.TRANSLATED)


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")


def told(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What is printed for a command line that ends at once."""
    with pytest.raises(SystemExit):
        parser().parse_args(words)
    said = capsys.readouterr()
    return said.out + said.err


def helps(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The help of the program ("") and of each command."""
    return {name: told([*name.split(), "--help"], capsys) for name in ("", *COMMANDS)}


def left_in_english(text: str, *typed: str) -> set[str]:
    """Words outside of brackets that nobody has to type."""
    rest = TYPED.sub("", outside_brackets(text))
    return set(re.findall(r"[^\W\d_]{2,}[\w-]*", rest)) - {*COMMANDS, *typed}


def test_no_word_of_a_help_is_left_in_english(capsys) -> None:
    speak_pseudo()
    left = {command: left_in_english(text) for command, text in helps(capsys).items()}
    assert {command: words for command, words in left.items() if words} == {}


def test_no_word_about_wrong_words_is_left_in_english(capsys) -> None:
    speak_pseudo()
    choices = {"list", "dry-run", "on", "off", "apply", "undo"}
    left = {" ".join(w): left_in_english(told(w, capsys), *w, *choices) for w in WRONG}
    assert {words: english for words, english in left.items() if english} == {}


@translated
def test_nothing_has_a_word_of_argparse_itself(code, capsys) -> None:
    set_language(code)
    texts = {**helps(capsys), **{" ".join(w): told(w, capsys) for w in WRONG}}
    found = {(what, word) for what, text in texts.items() for word in ARGPARSE if word in text}
    assert found == set()


def test_wrong_words_are_told_with_what_to_do_next(capsys) -> None:
    for words in WRONG:
        text = told(words, capsys)
        command = words[0] if words[0] in COMMANDS else ""
        assert text.startswith("usage: socialdesk")
        assert re.search(rf"To see all it takes: socialdesk ?({command})? --help\n$", text)


def test_a_fault_that_no_version_of_argparse_has_today_is_no_english_sentence() -> None:
    speak_pseudo()
    assert outside_brackets(fault("the moon is not in the right place")) == ""


def test_the_windows_own_options_are_told_the_same_way(capsys, monkeypatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with pytest.raises(SystemExit) as ended:
        window_arguments().parse_args(["--speed", "fast"])
    assert ended.value.code == USAGE
    assert "--speed: a number above 0" in capsys.readouterr().err


def test_each_value_has_a_name_and_a_type_that_can_be_told() -> None:
    """argparse names a value without `metavar` in English, and says "invalid int value"."""
    untold = [
        (command, action.dest)
        for command, one in commands()
        for action in one._actions
        if action.nargs != 0
        and ((action.metavar or action.choices) is None or action.type in (int, float))
    ]
    assert untold == []


def commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """The parser of each command."""
    top = parser()
    yield "", top
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()
