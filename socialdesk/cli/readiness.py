"""`socialdesk readiness`: how ready the team is for a crisis, and the go-kit as a file."""

import argparse
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Final

from socialdesk.cli.exit_codes import OK, REFUSED, USAGE
from socialdesk.cli.output import Output, visible
from socialdesk.domain.crisis.readiness import Level, worst
from socialdesk.engine.commands.playbooks import ExportGoKit
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.readiness import ReadReadiness
from socialdesk.engine.words.readiness import level_words, page_words, ready_words
from socialdesk.i18n import tr

Commands = Callable[..., argparse.ArgumentParser]
SHAPES: Final = (".html", ".pdf")


def add_arguments(add: Commands) -> None:
    """What can be typed after the command."""
    made = add("readiness", tr("say how ready you are for a crisis, and print the go-kit"))
    made.add_argument(
        "--go-kit", default="", metavar=tr("FILE"),
        help=tr("write contacts, statements and checklists: .html or .pdf"),
    )  # fmt: skip


def readiness(desk: Desk, options: Namespace, out: Output) -> int:
    """Exit code 1 while something was never done at all."""
    # The engine may be another process, with a working folder of its own.
    target = Path(options.go_kit).expanduser().absolute() if options.go_kit else None
    if target is not None and target.suffix.lower() not in SHAPES:
        out.fail(tr("«{name}» has another ending. Name a file that ends in .html or .pdf",
                    name=target.name))  # fmt: skip
        return USAGE
    lines = desk.ask(ReadReadiness()).result()
    level = worst(lines)
    out.say(page_words(level))
    for line in lines:
        said = ready_words(line)
        words = f"  {level_words(line.level)}: {said.name}. {said.said} {said.todo}"
        out.say(visible(words.rstrip()))
    value: dict[str, object] = {
        "level": level.value,
        "lines": [{"key": x.key, "level": x.level.value, **x.facts} for x in lines],
        "forgotten_pins": [
            {"person": pin.person, "by": pin.by, "at": pin.at}
            for line in lines
            for pin in line.forgotten
        ],
    }
    if target is not None:
        shape = target.suffix.lower().removeprefix(".")
        done = out.wait(desk.do(ExportGoKit(str(target), shape)))
        value["files"] = list(done.answer["files"])
        out.say(tr("Written: {file}", file=target))
    out.value(value)
    return REFUSED if level is Level.RED else OK
