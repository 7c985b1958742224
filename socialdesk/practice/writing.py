"""Routes that write: a post, its new words, its end."""

from socialdesk.practice.markup import count_chars
from socialdesk.practice.pictures import check_named
from socialdesk.practice.posts import NewPost, Post
from socialdesk.practice.site import Site
from socialdesk.practice.wire import Ask, Reply, TurnedDownError, json_reply, not_found

_VISIBILITIES = frozenset({"public", "unlisted", "private", "direct"})


def post_status(site: Site, ask: Ask, _: str) -> Reply:
    """POST /api/v1/statuses with Idempotency-Key."""
    new = NewPost(
        text=ask.one("status"),
        to=ask.one("in_reply_to_id"),
        visibility=ask.one("visibility", "public"),
        warning=ask.one("spoiler_text"),
        lang=ask.one("language"),
        dedupe_key=ask.headers.get("idempotency-key", ""),
        pictures=check_named(site, ask.many("media_ids")),
    )
    _check_text(site, new.text, new.warning)
    if new.visibility not in _VISIBILITIES:
        raise TurnedDownError(422, "Validation failed: Visibility is not included in the list")
    if new.to and new.to not in site.network.posts:
        words = "The post you are trying to reply to does not appear to exist."
        raise TurnedDownError(404, words)
    return json_reply(site.entities.status(site.network.write(new)))


def edit_status(site: Site, ask: Ask, post_id: str) -> Reply:
    """PUT /api/v1/statuses/:id."""
    _own(site, post_id)
    _check_text(site, ask.one("status"), ask.one("spoiler_text"))
    post = site.network.edit(post_id, ask.one("status"), ask.one("spoiler_text"))
    return json_reply(site.entities.status(post))


def delete_status(site: Site, ask: Ask, post_id: str) -> Reply:
    """DELETE /api/v1/statuses/:id: answers the post with its source, to write it anew."""
    post = _own(site, post_id)
    shown = site.entities.status(post) | {"text": post.now.text}
    site.network.delete(post_id)
    return json_reply(shown)


def _own(site: Site, post_id: str) -> Post:
    post = site.network.posts.get(post_id)
    if post is None or not post.is_ours:
        raise not_found()
    return post


def _check_text(site: Site, text: str, warning: str) -> None:
    """Refuses what is empty or too long; GoToSocial says 400 where Mastodon says 422."""
    traits = site.network.kind.traits
    status = 400 if traits.software == "gotosocial" else 422
    if not text.strip():
        raise TurnedDownError(status, "Validation failed: Text can't be blank")
    if count_chars(text, warning, traits.url_chars) > traits.max_chars:
        words = f"Validation failed: Text character limit of {traits.max_chars} exceeded"
        raise TurnedDownError(status, words)
