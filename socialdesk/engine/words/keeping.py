"""How long words stay, and what the keyring holds, in the words of screens and the command line."""

from socialdesk.domain.keep import AS_OTHERS, FOR_EVER
from socialdesk.i18n import tr, trn


def choice_words(choice: str) -> str:
    """A key of `domain/keep.py`."""
    if choice == AS_OTHERS:
        return tr("as the workspace")
    if choice == FOR_EVER:
        return tr("for ever")
    return trn("{n} month", "{n} months", int(choice))


def kind_words(kind: str) -> str:
    """What an entry of the keyring is for."""
    match kind:
        case "account":
            return tr("Sign-in")
        case "pin":
            return tr("PIN")
        case _:
            return tr("Notify service")


def rests_words(until: str, n_lasting: int) -> str:
    """What copies still hold after something was removed. `until`: the day the last of today's
    rotating copies goes, "" = there is none; `n_lasting`: copies that stay until deleted."""
    parts = [tr("What is removed from the workspace stays in copies made before, and in what was "
                "learned until it is learned anew.")]  # fmt: skip
    if until:
        parts.append(tr("The last of today's daily and weekly copies goes by {day}, if the program "
                        "runs until then.", day=until))  # fmt: skip
    if n_lasting:
        parts.append(trn("{n} copy from an update or a restore stays until you delete it.",
                         "{n} copies from updates or restores stay until you delete them.",
                         n_lasting))  # fmt: skip
    return " ".join(parts)
