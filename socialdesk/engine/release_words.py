"""What was found out about newer versions, in sentences."""

from socialdesk import __version__
from socialdesk.engine.release_feed import Seen
from socialdesk.i18n import tr


def told(seen: Seen) -> str:
    """What the last look found; "" when nobody looked yet."""
    match seen.state:
        case "newer":
            return tr("SocialDesk {version} is there; you have {own}. Nothing was downloaded.",
                      version=seen.version, own=__version__)  # fmt: skip
        case "same":
            return tr("You have the newest version, {version}.", version=__version__)
        case "unset":
            return tr("This build knows no address that tells of new versions. Whoever gave it to "
                      "you can name one; it belongs into Settings, Updates.")  # fmt: skip
        case "malformed":
            return tr("What lies at that address is not SocialDesk's list of versions ({what}). "
                      "Check the address in Settings, Updates.", what=seen.what)  # fmt: skip
        case "unsafe":
            return tr("The address of new versions leads to an unsafe place, or sends too much, so "
                      "it was not read. Check it in Settings, Updates.")  # fmt: skip
        case "unreachable":
            return tr("{host} cannot be reached now. Try again later.", host=seen.what)
        case _:
            return ""
