"""Facebook: somebody recommends the Page or not (it has no stars any more), comments or names it.

Shape: assumed from Facebook's help pages on Page notices, 2026-11; never seen live.
"""

from typing import Final

from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.imap.sites.layout import Layout, Site

_LINK: Final = r"view|see|reply|comment|посмотреть|ответить"
_ENDS: Final = (r"(?:view|see|reply|go to) .*", r"(?:посмотреть|ответить).*")

SITE: Final = Site(
    key="facebook",
    label="Facebook",
    senders=("notification@facebookmail.com", "pageupdates@facebookmail.com"),
    hosts=("facebook.com",),
    home="https://business.facebook.com/",
    layouts=(
        Layout(
            Kind.REVIEW,
            subjects=(
                r"(?P<author>.+?) (?P<title>recommends|doesn(?:'|’)t recommend) .+",
                r"(?P<author>.+?) (?P<title>(?:не )?рекомендует) .+",
            ),
            begins=(
                r".+ (?:recommends|doesn(?:'|’)t recommend) .+?:?",
                r".+ (?:не )?рекомендует .+?:?",
            ),
            ends=_ENDS,
            link=_LINK,
            n_steps=0,
        ),
        Layout(
            Kind.COMMENT,
            subjects=(
                r"(?P<author>.+?) (?:also )?commented on .+",
                r"(?P<author>.+?) прокомментировал\S* .+",
            ),
            begins=(r".+ (?:also )?commented on .+?:?", r".+ прокомментировал\S* .+?:?"),
            ends=_ENDS,
            link=_LINK,
            n_steps=0,
        ),
        Layout(
            Kind.MENTION,
            subjects=(r"(?P<author>.+?) mentioned .+", r"(?P<author>.+?) упомянул\S* .+"),
            begins=(r".+ mentioned .+?:?", r".+ упомянул\S* .+?:?"),
            ends=_ENDS,
            link=_LINK,
            n_steps=0,
        ),
    ),
)
