"""Words of the go-kit's tables."""

from socialdesk.domain.crisis.incident import Pace
from socialdesk.i18n import tr, trn


def kind_words(kind: str) -> str:
    """Of an audience."""
    return {
        "affected": lambda: tr("people affected"),
        "customers": lambda: tr("customers"),
        "staff": lambda: tr("employees"),
        "partners": lambda: tr("partners"),
        "authority": lambda: tr("authority"),
        "press": lambda: tr("press"),
        "families": lambda: tr("families"),
        "community": lambda: tr("community"),
    }.get(kind, lambda: kind)()


def channel_words(channel: str) -> str:
    """How an audience is reached."""
    return {
        "email": lambda: tr("e-mail"),
        "phone": lambda: tr("telephone"),
        "messenger": lambda: tr("messenger"),
        "in_person": lambda: tr("in person"),
        "notify": lambda: tr("notify service"),
    }.get(channel, lambda: channel)()


def review_words(pace: Pace) -> str:
    """How long after the end the review is due."""
    if pace.is_review_working:
        return trn("{n} working day", "{n} working days", pace.review_days)
    return trn("{n} day", "{n} days", pace.review_days)
