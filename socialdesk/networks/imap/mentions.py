"""Letters as mentions: a notice of a review becomes that review, anything else is kept as it is."""

from datetime import datetime
from typing import Final
from urllib.parse import quote

from socialdesk.domain.mentions.mention import Author, CanReply, Kind, Mention, Visibility
from socialdesk.networks.html_text import one_line
from socialdesk.networks.imap.letters import Letter
from socialdesk.networks.imap.sites import read_notice
from socialdesk.networks.imap.sites.layout import Notice

NOTE: Final = "mail"  # why it cannot be answered from here
_GMAIL: Final = frozenset({"imap.gmail.com", "imap.googlemail.com"})


def as_mention(letter: Letter, at: datetime, host: str) -> Mention:
    """`at`: when it came; `host`: the mail server, for a way to open the letter itself."""
    notice = read_notice(letter)
    return _of_letter(letter, at, host) if notice is None else _of_notice(letter, notice, at)


def is_notice(mention: Mention) -> bool:
    """Whether a site's notice was understood: it is about us, whatever words it holds."""
    return mention.visibility is Visibility.PUBLIC


def _of_notice(letter: Letter, notice: Notice, at: datetime) -> Mention:
    site = notice.site
    name = one_line(notice.author)[:200]
    return Mention(
        uri=letter.uri,
        remote_id=letter.uri,
        author=Author(f"{site.key}/{name}" if name else site.key, site.label, name or site.label),
        body=notice.text,
        published_at=at,
        kind=notice.kind,
        title=one_line(notice.title)[:500],
        url=notice.link,
        n_stars=notice.n_stars,
        can_reply=CanReply.BROWSER,
        reply_note=NOTE,
    )


def _of_letter(letter: Letter, at: datetime, host: str) -> Mention:
    """The whole letter. It was written to one mailbox, so it is nobody else's to read."""
    url = _page(letter, host)
    return Mention(
        uri=letter.uri,
        remote_id=letter.uri,
        author=Author(letter.address or letter.name, letter.address, letter.name or letter.address),
        body=(letter.texts[0] if letter.texts else "") or letter.subject,
        published_at=at,
        kind=Kind.MENTION,
        title=letter.subject,
        url=url,
        visibility=Visibility.DIRECT,
        can_reply=CanReply.BROWSER if url else CanReply.NO,
        reply_note=NOTE,
    )


def _page(letter: Letter, host: str) -> str:
    """Where the letter can be opened in a browser: Gmail alone has an address for that."""
    if host not in _GMAIL or not letter.message_id:
        return ""
    return f"https://mail.google.com/mail/#search/rfc822msgid%3A{quote(letter.message_id, safe='')}"
