"""Why a mention cannot be answered from here: the words for `Detail.reply_note`."""

from socialdesk.domain.mention import CanReply
from socialdesk.i18n import tr


def why(code: str, way: CanReply) -> str:
    """A connector's reason code in words; a code nobody knows gives the general sentence."""
    known = {
        "reply_gate": tr("Its author lets only some people reply."),
        "replies_closed": tr("Its author lets only some people reply."),
        "no_reply_api": tr("This source takes no replies from programs."),
        "feed": tr("A feed can only be read. Answer where it was published."),
        "blocked": tr("Its author and this account block each other."),
        "deleted": tr("The post was deleted."),
        "signed_out": tr("This account is disconnected. Sign in again under Accounts."),
    }
    if code in known:
        return known[code]
    if way is CanReply.BROWSER:
        return tr("This can only be answered in the browser.")
    return tr("This cannot be answered from here.")
