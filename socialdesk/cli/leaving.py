"""`keep`, `sign-ins` and `remove`: how long words stay, what the keyring holds, and the way out."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Final

from socialdesk.cli.exit_codes import OK, REFUSED, USAGE
from socialdesk.cli.output import Output, visible
from socialdesk.cli.parsing import number, one_of
from socialdesk.cli.tools import Tools
from socialdesk.domain.keep import CHOICES
from socialdesk.engine.commands.owning import ForgetSignIns, ListKeeps, ListSignIns, SetKeep
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.owning import WeighKeep
from socialdesk.engine.words.keeping import choice_words, kind_words
from socialdesk.i18n import tr, trn
from socialdesk.places import Workspace

WINDOW_PATIENCE_S: Final = 20.0  # for a window that is closing
LOOK_EVERY_S: Final = 0.2
Commands = Callable[..., ArgumentParser]


def add_arguments(add: Commands) -> None:
    """What can be typed after these commands."""
    keep = add("keep", tr("show or set how long words stay"))
    keep.add_argument(
        "--for", dest="choice", choices=("default", *CHOICES), default="",
        metavar=one_of(("default", *CHOICES)),
        help=tr("1, 3, 6, 12, 24 or forever; default = as the workspace"),
    )  # fmt: skip
    keep.add_argument(
        "--account", type=number, default=0, metavar=tr("NUMBER"),
        help=tr("only this account; the workspace when left out"),
    )  # fmt: skip
    keep.add_argument("--yes", action="store_true", help=tr("do it; without this only count"))
    signed = add("sign-ins", tr("list what the keyring holds for this workspace"))
    signed.add_argument("--forget", action="store_true", help=tr("remove all of it there"))
    remove = add("remove", tr("remove a workspace for good: files, logs, sign-ins"))
    remove.add_argument(
        "--confirm", required=True, metavar=tr("NAME"), help=tr("its name, typed once more")
    )


def keep(desk: Desk, options: Namespace, out: Output) -> int:
    """The list; or what a limit would take out, and with --yes setting it."""
    if options.choice:
        return _set_keep(desk, options, out)
    answer = desk.do(ListKeeps()).result().answer
    out.say(tr("The workspace: {choice}", choice=choice_words(answer["default"])))
    for id, network, name, choice, terms_hours in answer["accounts"]:
        line = f"{id}  {network}  {visible(name)}  {choice_words(choice)}"
        if terms_hours:
            days = trn("at most {n} day by its terms", "at most {n} days by its terms",
                       terms_hours // 24)  # fmt: skip
            line = f"{line}  ({days})"
        out.say(line)
    out.value(dict(answer))
    return OK


def _set_keep(desk: Desk, options: Namespace, out: Output) -> int:
    choice = "" if options.choice == "default" else options.choice
    weighed = desk.ask(WeighKeep(options.account, choice)).result()
    out.say(trn("The words of {n} mention go at once, for ever.",
                "The words of {n} mentions go at once, for ever.", weighed.n_mentions))  # fmt: skip
    if weighed.n_held:
        out.say(trn("{n} more waits until what is open about it is settled.",
                    "{n} more wait until what is open about them is settled.",
                    weighed.n_held))  # fmt: skip
    out.value({"goes": weighed.n_mentions, "held": weighed.n_held, "set": options.yes})
    if not options.yes:
        out.hint(tr("Nothing was set. Make a backup if you may want them back, then add --yes"))
        return REFUSED
    desk.do(SetKeep(options.account, choice)).result()
    return OK


def sign_ins(desk: Desk, options: Namespace, out: Output) -> int:
    """Names, never secrets."""
    entries = desk.do(ListSignIns()).result().answer["entries"]
    for kind, name, is_session_only in entries:
        note = tr("this session only") if is_session_only else ""
        out.say(f"{kind_words(kind)}  {visible(name)}  {note}".rstrip())
    n = len(entries)
    if options.forget:
        n = int(desk.do(ForgetSignIns()).result().answer["n"])
        out.say(trn("{n} entry was removed from the keyring.",
                    "{n} entries were removed from the keyring.", n))  # fmt: skip
    elif not n:
        out.say(tr("The keyring holds nothing for this workspace."))
    out.value({"entries": [{"kind": k, "name": m} for k, m, _ in entries],
               "forgotten": options.forget})  # fmt: skip
    return OK


def remove(place: Workspace, options: Namespace, out: Output, tools: Tools) -> int:
    """Window and engine end first. Raises StoreError LOCKED where they do not."""
    from socialdesk.engine.errands import leaving

    if not leaving.is_named(place, options.confirm) or not place.folder.exists():
        out.fail(tr("«{name}» is not the name of this workspace: nothing was removed.",
                    name=options.confirm))  # fmt: skip
        return USAGE
    _wait_for_window(place)
    leaving.remove_workspace(place)
    out.say(tr("The workspace «{name}» is gone.", name=place.name))
    out.value({"removed": str(place.folder)})
    return OK


def _wait_for_window(place: Workspace) -> None:
    """Its lock is deleted as the last thing; a stale one is none of ours to wait for. Looked for,
    not waited on: it is Qt's, and the end of another's process is told differently everywhere."""
    end = time.monotonic() + WINDOW_PATIENCE_S
    while place.window_lock.exists() and time.monotonic() < end:
        time.sleep(LOOK_EVERY_S)
