"""What is wrong with a file of settings, and what to do: for the window and the command line."""

from typing import Final

from socialdesk.engine.settings import KNOWN
from socialdesk.engine.settings_files.file import Change, SettingsFileError
from socialdesk.i18n import tr

_SHOWN: Final = 6  # values that are named


def fault(error: SettingsFileError) -> str:
    """Part of a sentence: which line, and what belongs there."""
    where, value = error.where, error.value
    match error.code:
        case "size":
            return tr("the file is too large for settings. Choose one that SocialDesk exported")
        case "json":
            return tr("line {n} is not JSON. Export the settings again", n=where)
        case "version":
            return tr("the file is of another version, or holds no settings. Export it again with "
                      "this SocialDesk, or update this one")  # fmt: skip
        case "twice":
            return tr("«{name}» stands there twice. Take one of the two out", name=where)
        case "part" | "setting":
            return tr("«{name}» is nothing this version brings in. Take it out of the file, or "
                      "update SocialDesk", name=where)  # fmt: skip
        case "value":
            return tr("«{name}» cannot be «{value}». {allowed}", name=where, value=value,
                      allowed=_allowed(where))  # fmt: skip
        case "crossed":
            return tr("«{name}» lies below «{other}»: red would begin before amber. Put no less "
                      "there", name=where, other=value)  # fmt: skip
        case "target":
            return tr("the target of «{name}» cannot be «{value}». Put 0, or 5 to 10080 minutes "
                      "there", name=where, value=value)  # fmt: skip
        case "key":
            return tr("the key of «{name}» cannot be «{value}». Take the line out", name=where,
                      value=value)  # fmt: skip
        case _:
            return tr("saved view {n} is not whole. It needs a name of at most 80 characters and a "
                      "search", n=where)  # fmt: skip


def _allowed(key: str) -> str:
    """What a setting takes, as far as a line has room."""
    allowed = KNOWN[key].allowed
    if allowed and allowed[0].startswith("int:"):
        _, low, high = allowed[0].split(":")
        return tr("Put a whole number from {low} to {high} there", low=low, high=high)
    if 1 < len(allowed) <= _SHOWN:
        return tr("Put one of these there: {list}", list=", ".join(filter(None, allowed)))
    return tr("Take the line out, and set it in Settings")


def change_words(change: Change) -> str:
    """One line of a preview: what, before, after. Names of settings as the file has them."""
    before, after = change.before or tr("default"), change.after or tr("default")
    match change.kind:
        case "setting":
            return tr("{name}: {before} → {after}", name=change.name, before=before, after=after)
        case "key":
            return tr("Key of «{name}»: {before} → {after}", name=change.name, before=before,
                      after=after)  # fmt: skip
        case "network" | "label":
            none = tr("none")
            return tr("Target of «{name}»: {before} → {after}", name=change.name,
                      before=change.before or none, after=change.after or none)  # fmt: skip
        case "view" if not change.before:
            return tr("New saved view «{name}»: {after}", name=change.name, after=change.after)
        case "view":
            return tr("Saved view «{name}»: {before} → {after}", name=change.name,
                      before=change.before, after=change.after)  # fmt: skip
        case _:
            return tr("Saved views in this order: {list}", list=change.after)


def carried_words() -> str:
    """What is in the file, and what is not."""
    return tr("In it: settings, hours and quiet hours, targets, keys, brand words, saved views. "
              "Not in it: sign-ins, PINs, people, rules, templates, mentions.")  # fmt: skip
