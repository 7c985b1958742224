"""Starts the window, the engine, one of its children or the command line, and imports only what
that needs."""

import sys

from socialdesk.places import PlaceError

# The scheme that installers register: such an address opens the window or brings it to the front,
# and asks for nothing else.
ADDRESS = "socialdesk:"


def main(argv: list[str] | None = None) -> int:
    """The exit code. No arguments (or only --workspace): the window."""
    args = sys.argv[1:] if argv is None else argv
    if args and args[0].startswith(ADDRESS):
        args = args[1:]
    if args and args[0] == "--engine":
        from socialdesk.app import run_engine

        return run_engine(args[1:])
    if args and args[0] == "--pdf":
        from socialdesk.ui.printing import run as run_printing

        return run_printing(args[1:])
    if args and args[0] == "--picture":
        from socialdesk.ui.picture_child import run as run_picture

        return run_picture(args[1:])
    if args and args[0] == "--self-test":
        from socialdesk.self_test import run as run_self_test

        return run_self_test()
    from socialdesk.cli.arguments import wants_window

    if wants_window(args):
        from socialdesk.app import run_window

        try:
            return run_window(args)
        except PlaceError as e:
            from socialdesk.cli.main import refuse_place
            from socialdesk.ui.start.refusal import show_refusal

            code = refuse_place(e)
            show_refusal(e)
            return code
    from socialdesk import app
    from socialdesk.cli.main import run
    from socialdesk.cli.tools import Tools

    tools = Tools(app.desk_of, app.run_window, app.checks, app.restore, app.verify_journal)
    return run(args, tools)


if __name__ == "__main__":
    sys.exit(main())
