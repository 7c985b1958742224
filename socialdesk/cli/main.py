"""Runs one command: opens the desk, does it, prints, and ends with an exit code.

The codes and their meaning are those of `exit_codes.py`.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Final

from socialdesk.cli import (
    answering,
    bring_in,
    drill,
    export,
    leaving,
    owning,
    people,
    practice,
    readiness,
    reading,
    report,
    rules,
    settings,
    temperature,
)
from socialdesk.cli.arguments import parser
from socialdesk.cli.exit_codes import FILE, KEYRING, NETWORK, OK, REFUSED, STOPPED, UNSURE, USAGE
from socialdesk.cli.output import Output
from socialdesk.cli.tools import Tools
from socialdesk.domain.errors import (
    CommandError,
    CommandFault,
    ConnectorError,
    CredentialError,
    EngineLostError,
    EngineMuteError,
    SocialDeskError,
    StoreError,
)
from socialdesk.engine.desk import Desk
from socialdesk.engine.words import phrases
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import set_language, tr
from socialdesk.places import (
    DEFAULT_WORKSPACE,
    PRACTICE_WORKSPACE,
    PlaceError,
    Workspace,
    workspace,
    workspace_names,
)

WithDesk = Callable[[Desk, Namespace, Output], int]
WITH_DESK: Final[dict[str, WithDesk]] = {
    "sync": reading.sync,
    "search": reading.search,
    "queue": reading.queue,
    "accounts": reading.show_accounts,
    "templates": reading.show_templates,
    "reply": answering.reply,
    "export": export.export,
    "import": bring_in.bring_in,
    "backup": owning.back_up,
    "report": report.report,
    "contacts": people.contacts,
    "erase": people.erase,
    "export-person": people.export_person,
    "rules": rules.rules,
    "temperature": temperature.temperature,
    "readiness": readiness.readiness,
    "settings": settings.settings,
    "keep": leaving.keep,
    "sign-ins": leaving.sign_ins,
}
ALONE: Final[dict[str, Callable[[Workspace, Namespace, Output, Tools], int]]] = {
    "restore": owning.restore,
    "doctor": owning.doctor,
    "verify-journal": owning.verify_journal,
    "practice": practice.play,
    "drill": drill.drill,
    "remove": leaving.remove,
}


def run(args: list[str], tools: Tools) -> int:
    """The exit code of one command line. Wrong words end in SystemExit(2), as argparse does."""
    set_language()
    options = parser().parse_args(args)
    out = Output(as_json=options.json)
    try:
        return _run(options, out, tools)
    except PlaceError as e:
        return _fail(out, phrases.place(e), USAGE)
    except SocialDeskError as e:
        said = sentence(e)
        return _fail(out, f"{said.text} {_next_step(e) or said.next_step}".strip(), _code(e))
    except KeyboardInterrupt:
        return _fail(out, tr("Stopped."), STOPPED)
    except BrokenPipeError:  # `socialdesk search … | head`
        # Python flushes once more as it ends: into a place that takes everything.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _run(options: Namespace, out: Output, tools: Tools) -> int:
    usual = PRACTICE_WORKSPACE if options.command == "practice" else DEFAULT_WORKSPACE
    place = workspace(options.workspace or usual)
    if options.command in ALONE:
        return ALONE[options.command](place, options, out, tools)
    if not _is_expected(place):
        names = ", ".join(workspace_names()) or tr("none yet")
        return _fail(
            out, tr("There is no workspace «{name}». There are: {list}. A new one is made by its "
                    "window: socialdesk --workspace NAME", name=options.workspace, list=names),
            USAGE,
        )  # fmt: skip
    with tools.desk_of(place) as desk:
        return WITH_DESK[options.command](desk, options, out)


def _is_expected(place: Workspace) -> bool:
    """It is there, or it is one of the two everybody has: a mistyped name makes no workspace."""
    return place.database.exists() or place in (
        workspace(DEFAULT_WORKSPACE), workspace(PRACTICE_WORKSPACE)
    )  # fmt: skip


def refuse_place(error: PlaceError) -> int:
    """The window's workspace cannot lie there: say so where it was started."""
    set_language()
    return _fail(Output(as_json=False), phrases.place(error), USAGE)


def _fail(out: Output, text: str, code: int) -> int:
    out.fail(text)
    return code


def _next_step(error: SocialDeskError) -> str:
    """What to type, where a window would have a button."""
    match error:
        case CommandError(fault=CommandFault.ALREADY_ANSWERED | CommandFault.THREAD_MOVED):
            return tr("To send it all the same, add --yes")
        case CommandError(fault=CommandFault.NOT_TRIED):
            return tr("Try it with: rules dry-run NUMBER. To switch it on all the same, add --yes")
        case CommandError(fault=CommandFault.SLOT_EMPTY):
            return tr("Fill it in with --slot NAME=VALUE")
        case _:
            return ""


def _code(error: SocialDeskError) -> int:
    match error:
        case ConnectorError():
            return NETWORK
        case CredentialError():
            return KEYRING
        case StoreError():
            return FILE
        case EngineLostError() | EngineMuteError():
            return UNSURE
        case _:
            return REFUSED
