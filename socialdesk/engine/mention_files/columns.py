"""Which column of a mention export holds what: guessed from its name, in English, Russian, Kazakh.

The names are those of common exports (our own among them) and of review sites.
"""

import re
from collections.abc import Sequence
from typing import Final

from socialdesk.domain.people.contact import folded

ID, NETWORK, AUTHOR, HANDLE, AT, TEXT, TITLE, URL, STARS, LANG, LABELS, FOLLOWERS = (
    "id", "network", "author", "handle", "at", "text", "title", "url", "stars", "lang", "labels",
    "followers",
)  # fmt: skip
COLUMNS: Final = (AT, AUTHOR, HANDLE, TEXT, TITLE, URL, NETWORK, STARS, LANG, LABELS, FOLLOWERS, ID)

_WORDS: Final[dict[str, str]] = {
    ID: "id, mention id, post id, tweet id, review id, message id, comment id, guid, ид, номер",
    NETWORK: "network, source, site, platform, channel, social network, source type, media type, "
    "сеть, источник, площадка, соцсеть, дереккөз, желі, алаң",
    AUTHOR: "author, author name, name, full name, user, reviewer, reviewer name, from, sender, "
    "автор, имя, имя автора, пользователь, от кого, авторы, аты, пайдаланушы",
    HANDLE: "handle, username, user name, screen name, author handle, nick, nickname, account, "
    "ник, логин, никнейм, имя пользователя, лақап аты",
    AT: "published, date, time, datetime, date time, created, created at, published at, timestamp, "
    "posted, post date, date published, review date, дата, время, дата и время, опубликовано, "
    "дата публикации, создано, күні, уақыты, жарияланған",
    TEXT: "body, text, content, message, mention, post, tweet, comment, review, review text, "
    "full text, snippet, hit sentence, текст, сообщение, отзыв, комментарий, содержание, "
    "упоминание, мәтін, пікір, хабарлама, мазмұны",
    TITLE: "title, headline, subject, review title, заголовок, тема, тақырып, тақырыбы",
    URL: "url, link, permalink, post url, mention url, page url, ссылка, адрес, сілтеме",
    STARS: "stars, rating, score, star rating, оценка, рейтинг, звезды, звёзды, баға, жұлдыз",
    LANG: "language, lang, язык, тіл, тілі",
    LABELS: "labels, tags, categories, label, tag, category, метки, теги, категории, белгілер",
    FOLLOWERS: "followers, reach, follower count, followers count, подписчики, охват, аудитория, "
    "жазылушылар",
}


def _key(header: str) -> str:
    """`Created_At:` and `created at` are one."""
    return " ".join(re.findall(r"[^\W\d_]+", folded(header)))


_BY_WORD: Final = {_key(word): kind for kind, words in _WORDS.items() for word in words.split(", ")}


def guess_columns(header: Sequence[str]) -> tuple[str, ...]:
    """What each column holds, "" where its name says nothing known; each kind once, the first."""
    found: list[str] = []
    for cell in header:
        kind = _BY_WORD.get(_key(cell), "")
        found.append("" if kind in found else kind)
    if TEXT not in found and TITLE in found:
        found[found.index(TITLE)] = TEXT
    return tuple(found)
