"""Routes that read: notifications, posts, threads, people, tags, search."""

from collections.abc import Iterator

from socialdesk.practice.content import Person
from socialdesk.practice.paging import page
from socialdesk.practice.posts import Post
from socialdesk.practice.remote_ids import order
from socialdesk.practice.site import Site
from socialdesk.practice.wire import Ask, Reply, json_reply, not_found


def notifications(site: Site, ask: Ask, _: str) -> Reply:
    """GET /api/v1/notifications with types[], exclude_types[]."""
    wanted, unwanted = set(ask.many("types")), set(ask.many("exclude_types"))
    there = [
        notice
        for notice in site.network.notices
        if (not wanted or notice.sort in wanted) and notice.sort not in unwanted
    ]
    usual = 40 if site.network.kind.traits.software == "mastodon" else 20
    chosen, link = page(ask, there, lambda notice: notice.id, usual=usual, most=80)
    return json_reply([site.entities.notification(notice) for notice in chosen], Link=link)


def notification(site: Site, ask: Ask, notice_id: str) -> Reply:
    """GET /api/v1/notifications/:id."""
    notice = site.network.notice(notice_id)
    if notice is None:
        raise not_found()
    return json_reply(site.entities.notification(notice))


def held_notifications(site: Site, ask: Ask, _: str) -> Reply:
    """GET /api/v1/notifications/requests: nobody is filtered here."""
    return json_reply([])


def status(site: Site, ask: Ask, post_id: str) -> Reply:
    """GET /api/v1/statuses/:id."""
    return json_reply(site.entities.status(_post(site, post_id)))


def statuses(site: Site, ask: Ask, _: str) -> Reply:
    """GET /api/v1/statuses?id[]=: missing ones are left out. Mastodon 4.3 and later only."""
    if site.network.kind.traits.software != "mastodon":
        raise not_found()
    found = (site.network.posts.get(post_id) for post_id in ask.many("id"))
    return json_reply([site.entities.status(post) for post in found if post])


def context(site: Site, ask: Ask, post_id: str) -> Reply:
    """GET /api/v1/statuses/:id/context: what this server lists of the thread."""
    post = _post(site, post_id)
    above: list[Post] = []
    while (parent := site.network.posts.get((above or [post])[-1].to)) is not None:
        above.append(parent)
    shown = site.entities.status
    return json_reply(
        {
            "ancestors": [shown(p) for p in reversed(above) if site.network.is_listed(p)],
            "descendants": [shown(p) for p in _below(site, post) if site.network.is_listed(p)],
        }
    )


def history(site: Site, ask: Ask, post_id: str) -> Reply:
    """GET /api/v1/statuses/:id/history, oldest version first."""
    post = _post(site, post_id)
    return json_reply([site.entities.version(post, version) for version in post.versions])


def source(site: Site, ask: Ask, post_id: str) -> Reply:
    """GET /api/v1/statuses/:id/source: the words as they were typed."""
    now = _post(site, post_id).now
    return json_reply({"id": post_id, "text": now.text, "spoiler_text": now.warning})


def reposters(site: Site, ask: Ask, post_id: str) -> Reply:
    """GET /api/v1/statuses/:id/reblogged_by."""
    people = [site.network.content.people[key] for key in _post(site, post_id).reposts]
    return json_reply([site.entities.account(person) for person in people])


def verify_credentials(site: Site, ask: Ask, _: str) -> Reply:
    """GET /api/v1/accounts/verify_credentials."""
    return json_reply(site.entities.own_account())


def account(site: Site, ask: Ask, account_id: str) -> Reply:
    """GET /api/v1/accounts/:id."""
    return json_reply(site.entities.account(_person(site, account_id)))


def look_up(site: Site, ask: Ask, _: str) -> Reply:
    """GET /api/v1/accounts/lookup?acct=."""
    handle, _at, host = ask.one("acct").partition("@")
    person = site.network.find(handle, host)
    if person is None:
        raise not_found()
    return json_reply(site.entities.account(person))


def account_statuses(site: Site, ask: Ask, account_id: str) -> Reply:
    """GET /api/v1/accounts/:id/statuses with exclude_replies."""
    person = _person(site, account_id)
    there = _by_id(
        post
        for post in site.network.posts.values()
        if post.line.by == person.key
        and site.network.is_listed(post)
        and not (post.to and ask.one("exclude_replies") == "true")
    )
    return _status_page(site, ask, there)


def hashtag(site: Site, ask: Ask, tag: str) -> Reply:
    """GET /api/v1/timelines/tag/:hashtag with any[], all[], none[]: public posts only."""
    some = {tag.casefold(), *(name.casefold() for name in ask.many("any"))}
    every = {name.casefold() for name in ask.many("all")}
    none = {name.casefold() for name in ask.many("none")}
    there = _by_id(
        post
        for post in site.network.posts.values()
        if post.line.visibility == "public"
        and some & set(post.tags)
        and every <= set(post.tags)
        and not none & set(post.tags)
        and site.network.is_listed(post)
    )
    return _status_page(site, ask, there)


def search(site: Site, ask: Ask, _: str) -> Reply:
    """GET /api/v2/search: words and "phrases" in posts, an address, or @somebody."""
    query, sort = ask.one("q").strip(), ask.one("type")
    found: dict[str, list[dict[str, object]]] = {"accounts": [], "statuses": [], "hashtags": []}
    if sort in ("", "accounts") and query.startswith("@"):
        handle, _at, host = query[1:].partition("@")
        person = site.network.find(handle, host)
        found["accounts"] = [site.entities.account(person)] if person else []
    if sort in ("", "statuses") and query:
        there = [post for post in _searchable(site) if _is_meant(site, post, query)]
        chosen, _link = page(ask, _by_id(there), lambda post: post.id, usual=20, most=40)
        skipped = int(ask.one("offset")) if ask.one("offset").isdigit() else 0
        found["statuses"] = [site.entities.status(post) for post in chosen[skipped:]]
    return json_reply(found)


def _searchable(site: Site) -> Iterator[Post]:
    """Mastodon with a search index: all public posts; others: our own and what names us."""
    brand = site.network.content.brand.key
    everything = site.network.kind.traits.software == "mastodon"
    for post in site.network.posts.values():
        is_near = post.is_ours or brand in post.names
        is_open = post.line.visibility == "public"
        if site.network.is_listed(post) and (is_near or (everything and is_open)):
            yield post


def _is_meant(site: Site, post: Post, query: str) -> bool:
    """Whether a post holds all words and phrases, or lies at the address."""
    if query.startswith("https://"):
        return query in (site.entities.uri(post), site.entities.url(post))
    text = post.now.text.casefold()
    phrases = query.casefold().split('"')
    wanted = [*phrases[1::2], *(word for part in phrases[::2] for word in part.split())]
    return all(words.strip() in text for words in wanted)


def _below(site: Site, post: Post) -> Iterator[Post]:
    for child in site.network.children(post.id):
        yield child
        yield from _below(site, child)


def _status_page(site: Site, ask: Ask, there: list[Post]) -> Reply:
    chosen, link = page(ask, there, lambda post: post.id, usual=20, most=40)
    return json_reply([site.entities.status(post) for post in chosen], Link=link)


def _by_id(posts: Iterator[Post] | list[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: order(post.id))


def _post(site: Site, post_id: str) -> Post:
    post = site.network.posts.get(post_id)
    if post is None:
        raise not_found()
    return post


def _person(site: Site, account_id: str) -> Person:
    for person in site.network.content.people.values():
        if site.entities.account_id(person) == account_id:
            return person
    raise not_found()
