"""Why a mention cannot be answered from here: the words for `Detail.reply_note`."""

from socialdesk.domain.mentions.mention import CanReply
from socialdesk.i18n import tr


def why(code: str, way: CanReply) -> str:
    """A connector's reason code in words; a code nobody knows gives the general sentence."""
    known = {
        "feed": tr("A feed can only be read. Answer where it was published."),
        "mail": tr("This came as a mail. Answer on the site it speaks of."),
        "imported": tr("This was read from a file. Answer where it was published."),
        "replies_closed": tr("Its author lets only some people reply."),
        "blocked": tr("Its author and this account block each other."),
        "not_summoned": tr("X lets programs answer only who named you or answered you."),
        "tag_only": tr("You were tagged there; only answers to your own posts can be sent from "
                       "here."),
        "no_api": tr("This network lets no program answer."),
        "partner_only": tr("Here only partners of the network may answer by program."),
        "needs_approval": tr("The network has not approved your app for answers yet."),
        "archived": tr("It is archived or locked there: nobody can answer any more."),
        "one_reply": tr("A review has room for one reply; sending another replaces it."),
        "held": tr("It waits for your review there: approve it there first."),
        "no_access": tr("Your account has no right to answer there."),
    }  # fmt: skip
    if code in known:
        return known[code]
    if way is CanReply.BROWSER:
        return tr("This can only be answered in the browser.")
    return tr("This cannot be answered from here.")
