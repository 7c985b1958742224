"""Runs one command: opens the desk, does it, prints, and ends with an exit code.

Exit codes: 0 done · 1 refused or not found · 2 wrong words · 3 network · 4 keyring · 5 file ·
130 stopped.
"""

import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Final

from socialdesk.cli import answering, owning, practice, reading
from socialdesk.cli.arguments import parser
from socialdesk.cli.output import Output
from socialdesk.cli.tools import Tools
from socialdesk.domain.errors import (
    ConnectorError,
    CredentialError,
    SocialDeskError,
    StoreError,
)
from socialdesk.engine import phrases
from socialdesk.engine.desk import Desk
from socialdesk.engine.messages import sentence
from socialdesk.i18n import set_language
from socialdesk.places import PlaceError, workspace

OK, REFUSED, USAGE, NETWORK, KEYRING, FILE, STOPPED = 0, 1, 2, 3, 4, 5, 130

WithDesk = Callable[[Desk, Namespace, Output], int]
WITH_DESK: Final[dict[str, WithDesk]] = {
    "sync": reading.sync,
    "search": reading.search,
    "queue": reading.queue,
    "accounts": reading.show_accounts,
    "templates": reading.show_templates,
    "reply": answering.reply,
    "export": owning.export,
    "backup": owning.back_up,
}
ALONE: Final[dict[str, Callable[[Namespace, Output, Tools], int]]] = {
    "restore": owning.restore,
    "doctor": owning.doctor,
    "verify-journal": owning.verify_journal,
    "practice": practice.play,
}


def run(args: list[str], tools: Tools) -> int:
    """The exit code of one command line."""
    set_language()
    options = parser().parse_args(args)
    out = Output(as_json=options.json)
    try:
        if options.command in ALONE:
            return ALONE[options.command](options, out, tools)
        with tools.desk_of(workspace(options.workspace)) as desk:
            return WITH_DESK[options.command](desk, options, out)
    except PlaceError as e:
        return _fail(out, phrases.place(e), USAGE)
    except SocialDeskError as e:
        said = sentence(e)
        return _fail(out, f"{said.text} {said.next_step}".strip(), _code(e))
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:  # `socialdesk search … | head`
        sys.stderr.close()
        return OK


def _fail(out: Output, text: str, code: int) -> int:
    out.fail(text)
    return code


def _code(error: SocialDeskError) -> int:
    match error:
        case ConnectorError():
            return NETWORK
        case CredentialError():
            return KEYRING
        case StoreError():
            return FILE
        case _:
            return REFUSED
