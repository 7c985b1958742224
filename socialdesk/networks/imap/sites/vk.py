"""VK: a comment in the community, an answer, or the community named somewhere.

Shape: assumed from VK's help pages on e-mail notices, 2026-11; never seen live.
"""

from typing import Final

from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.imap.sites.layout import Layout, Site

_ENDS: Final = (
    r"(?:ответить|посмотреть|перейти|открыть).*",
    r"(?:reply|view|see|go to|open) .*",
)
_LINK: Final = r"ответить|посмотреть|перейти|reply|view|see|open"

SITE: Final = Site(
    key="vk",
    label="VK",
    senders=("admin@notify.vk.com", "noreply@notify.vk.com", "@notify.vk.com"),
    hosts=("vk.com", "vk.ru"),
    home="https://vk.com/feed?section=notifications",
    layouts=(
        Layout(
            Kind.COMMENT,
            subjects=(
                r"(?P<author>.+?) (?:прокомментировал\S*|оставил\S* комментарий) .+",
                r"(?P<author>.+?) commented on .+",
            ),
            begins=(
                r".+ (?:прокомментировал\S*|оставил\S* комментарий) .+?:?",
                r".+ commented on .+?:?",
            ),
            ends=_ENDS,
            link=_LINK,
            n_steps=0,
        ),
        Layout(
            Kind.REPLY,
            subjects=(r"(?P<author>.+?) ответил\S* .+", r"(?P<author>.+?) replied to .+"),
            begins=(r".+ ответил\S* .+?:?", r".+ replied to .+?:?"),
            ends=_ENDS,
            link=_LINK,
            n_steps=0,
        ),
        Layout(
            Kind.MENTION,
            subjects=(r"(?P<author>.+?) упомянул\S* .+", r"(?P<author>.+?) mentioned .+"),
            begins=(r".+ упомянул\S* .+?:?", r".+ mentioned .+?:?"),
            ends=_ENDS,
            link=_LINK,
            n_steps=0,
        ),
    ),
)
