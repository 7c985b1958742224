"""Why a draft is here again although it was on its way: said above it."""

from socialdesk.domain.replies.plan import DROPPED, SENT_BACK, Plan
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar
from socialdesk.ui.plain import clean, isolated


def tell_came_back(bar: NoticeBar, plan: Plan) -> None:
    """Nothing, for a draft that never left."""
    if plan.note == DROPPED:
        bar.tell(tr("They wrote first, so the scheduled reply was not sent. It is a draft again."))
    elif plan.note == SENT_BACK:
        said = clean(plan.comment)
        who = isolated(plan.by) if plan.by else tr("Somebody")
        bar.tell(tr("{who} asks for a change: “{comment}”", who=who, comment=said))
