"""Which handler answers which request, and what is refused before it."""

import re

from socialdesk.domain.frozen import frozen
from socialdesk.practice import about, pictures, reading, signing_in, writing
from socialdesk.practice.site import Handler, Site
from socialdesk.practice.wire import Ask, Reply, TurnedDownError, json_reply, not_found


@frozen
class Route:
    """One call of the API. `is_open`: asked without a token."""

    method: str
    path: re.Pattern[str]
    handler: Handler
    is_open: bool = False


def _route(method: str, path: str, handler: Handler, *, is_open: bool = False) -> Route:
    pattern = re.escape(path).replace(":id", "([^/]+)")
    return Route(method, re.compile(pattern), handler, is_open)


_ROUTES = (
    _route("GET", "/.well-known/nodeinfo", about.nodeinfo_links, is_open=True),
    _route("GET", "/nodeinfo/2.0", about.nodeinfo, is_open=True),
    _route("GET", "/.well-known/webfinger", about.webfinger, is_open=True),
    _route("GET", "/.well-known/oauth-authorization-server", signing_in.metadata, is_open=True),
    _route("GET", "/api/v2/instance", about.instance_v2, is_open=True),
    _route("GET", "/api/v1/instance", about.instance_v1, is_open=True),
    _route("POST", "/api/v1/apps", signing_in.register_app, is_open=True),
    _route("GET", "/oauth/authorize", signing_in.authorize, is_open=True),
    _route("POST", "/oauth/token", signing_in.token, is_open=True),
    _route("POST", "/oauth/revoke", signing_in.revoke, is_open=True),
    _route("GET", "/api/v1/accounts/verify_credentials", reading.verify_credentials),
    _route("GET", "/api/v1/accounts/lookup", reading.look_up),
    _route("GET", "/api/v1/accounts/:id", reading.account),
    _route("GET", "/api/v1/accounts/:id/statuses", reading.account_statuses),
    _route("GET", "/api/v1/notifications", reading.notifications),
    _route("GET", "/api/v1/notifications/requests", reading.held_notifications),
    _route("GET", "/api/v1/notifications/:id", reading.notification),
    _route("GET", "/api/v1/timelines/tag/:id", reading.hashtag),
    _route("GET", "/api/v2/search", reading.search),
    _route("GET", "/api/v1/statuses", reading.statuses),
    _route("GET", "/api/v1/statuses/:id", reading.status),
    _route("GET", "/api/v1/statuses/:id/context", reading.context),
    _route("GET", "/api/v1/statuses/:id/history", reading.history),
    _route("GET", "/api/v1/statuses/:id/source", reading.source),
    _route("GET", "/api/v1/statuses/:id/reblogged_by", reading.reposters),
    _route("POST", "/api/v2/media", pictures.upload),
    _route("GET", "/api/v1/media/:id", pictures.show),
    _route("POST", "/api/v1/statuses", writing.post_status),
    _route("PUT", "/api/v1/statuses/:id", writing.edit_status),
    _route("DELETE", "/api/v1/statuses/:id", writing.delete_status),
)


def answer(site: Site, ask: Ask) -> Reply:
    """The server's reply; a refusal is a reply too."""
    try:
        return _answer(site, ask)
    except TurnedDownError as e:
        return json_reply({"error": e.words, **e.more}, e.status)


def _answer(site: Site, ask: Ask) -> Reply:
    traits = site.network.kind.traits
    has_empty = ask.method == "GET" and any("" in values for values in ask.values.values())
    if has_empty and traits.software != "mastodon":
        raise TurnedDownError(400, "Bad Request: empty value")  # GoToSocial, Pleroma
    for route in _ROUTES:
        found = route.path.fullmatch(ask.path)
        if not found or route.method != ask.method:
            continue
        if not route.is_open and not site.sign_ins.is_valid(ask.token):
            raise TurnedDownError(401, "The access token is invalid")
        return route.handler(site, ask, "".join(found.groups()))
    raise not_found()
