"""How posts are asked for: X renames tweet to post in these months, in both directions.

OpenAPI 2.166 has `tweet.fields`, `referenced_tweets`, `note_tweet`; 2.167 (2026-08-07) has
`post.fields`, `referenced_posts`, `note_post`, and lists author and references under `expansions`.
"""

from collections.abc import Mapping
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.networks.http import Value

USER_FIELDS: Final = "name,username,profile_image_url,public_metrics,verified"
MEDIA_FIELDS: Final = "type,url,preview_image_url,alt_text"
_COMMON: Final = "attachments,conversation_id,created_at,entities,lang,public_metrics"


@frozen
class Dialect:
    """`key`: the parameter that names `fields`. `refs`: expansions that stand for fields; each
    brings at most `n_refs` other posts along with a post, which cost as if they were read."""

    key: str
    fields: str
    refs: tuple[str, ...] = ()
    n_refs: int = 0

    def params(self, *, with_authors: bool) -> dict[str, Value]:
        """What goes with every question for posts."""
        people = ("author_id",) if with_authors else ()
        asked: dict[str, Value] = {
            self.key: self.fields,
            "media.fields": MEDIA_FIELDS,
            "expansions": ",".join((*people, *self.refs, "attachments.media_keys")),
        }
        return {**asked, "user.fields": USER_FIELDS} if with_authors else asked


TWEET: Final = Dialect(
    "tweet.fields",
    f"{_COMMON},author_id,edit_history_tweet_ids,in_reply_to_user_id,note_tweet,referenced_tweets",
)
POST: Final = Dialect("post.fields", f"{_COMMON},note_post", ("referenced_posts",), n_refs=2)


def either(item: Mapping[str, Any], old: str) -> Any:
    """The value of a field by its old name or its new one; None = neither."""
    found = item.get(old)
    return item.get(_NEW[old]) if found is None else found


_NEW: Final = {
    "referenced_tweets": "referenced_posts",
    "edit_history_tweet_ids": "edit_history_post_ids",
    "note_tweet": "note_post",
    "retweet_count": "repost_count",
}
