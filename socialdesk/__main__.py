"""Starts the window, the engine, the printing child or the command line, and imports only what
that needs."""

import sys

from socialdesk.places import PlaceError


def main(argv: list[str] | None = None) -> int:
    """The exit code. No arguments (or only --workspace): the window."""
    args = sys.argv[1:] if argv is None else argv
    if args and args[0] == "--engine":
        from socialdesk.app import run_engine

        return run_engine(args[1:])
    if args and args[0] == "--pdf":
        from socialdesk.app import run_printing

        return run_printing(args[1:])
    from socialdesk.cli.arguments import wants_window

    if wants_window(args):
        from socialdesk.app import run_window

        try:
            return run_window(args)
        except PlaceError as e:
            from socialdesk.cli.main import refuse_place

            return refuse_place(e)
    from socialdesk import app
    from socialdesk.cli.main import run
    from socialdesk.cli.tools import Tools

    tools = Tools(app.desk_of, app.run_window, app.checks, app.restore, app.verify_journal)
    return run(args, tools)


if __name__ == "__main__":
    sys.exit(main())
