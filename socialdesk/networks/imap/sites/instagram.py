"""Instagram: a comment, or the account named in one.

Shape: assumed from Instagram's help pages on e-mail notices, 2026-11; never seen live.
"""

from typing import Final

from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.imap.sites.layout import Layout, Site

_ENDS: Final = (r"(?:view|see|reply|open) .*", r"(?:посмотреть|ответить|открыть).*")
_LINK: Final = r"view|see|reply|open|посмотреть|ответить"

SITE: Final = Site(
    key="instagram",
    label="Instagram",
    senders=("no-reply@mail.instagram.com", "notification@mail.instagram.com"),
    hosts=("instagram.com",),
    home="https://www.instagram.com/",
    layouts=(
        Layout(
            Kind.MENTION,
            subjects=(
                r"(?P<author>\S+) mentioned you .*",
                r"(?P<author>\S+) упомянул\S* вас .*",
            ),
            begins=(r"\S+ mentioned you .+?:?", r"\S+ упомянул\S* вас.*"),
            ends=_ENDS,
            link=_LINK,
            n_steps=0,
        ),
        Layout(
            Kind.COMMENT,
            subjects=(
                r"(?P<author>\S+) commented on .+",
                r"(?P<author>\S+) прокомментировал\S* .+",
            ),
            begins=(r"\S+ commented on .+?:?", r"\S+ прокомментировал\S* .+?:?"),
            ends=_ENDS,
            link=_LINK,
            n_steps=0,
        ),
    ),
)
