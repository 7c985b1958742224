"""Why a mention cannot be answered from here: the words for `Detail.reply_note`."""

from socialdesk.domain.mention import CanReply
from socialdesk.i18n import tr


def why(code: str, way: CanReply) -> str:
    """A connector's reason code in words; a code nobody knows gives the general sentence."""
    known = {
        "feed": tr("A feed can only be read. Answer where it was published."),
        "replies_closed": tr("Its author lets only some people reply."),
        "blocked": tr("Its author and this account block each other."),
    }
    if code in known:
        return known[code]
    if way is CanReply.BROWSER:
        return tr("This can only be answered in the browser.")
    return tr("This cannot be answered from here.")
