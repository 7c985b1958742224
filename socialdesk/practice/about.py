"""Routes by which the server says what it is: nodeinfo, WebFinger, instance."""

from typing import Any

from socialdesk.practice import pictures
from socialdesk.practice.content import HOST, SERVER
from socialdesk.practice.site import Site
from socialdesk.practice.wire import Ask, Reply, json_reply, not_found

TITLE = "Practice network (everything here is invented)"


def nodeinfo_links(site: Site, ask: Ask, _: str) -> Reply:
    """GET /.well-known/nodeinfo."""
    schema = "http://nodeinfo.diaspora.software/ns/schema/2.0"
    return json_reply({"links": [{"rel": schema, "href": f"{SERVER}/nodeinfo/2.0"}]})


def nodeinfo(site: Site, ask: Ask, _: str) -> Reply:
    """GET /nodeinfo/2.0."""
    traits = site.network.kind.traits
    return json_reply(
        {
            "version": "2.0",
            "software": {"name": traits.software, "version": traits.version.split()[0]},
            "protocols": ["activitypub"],
            "services": {"inbound": [], "outbound": []},
            "usage": {"users": {"total": 1}, "localPosts": len(site.network.ours())},
            "openRegistrations": False,
            "metadata": {},
        }
    )


def webfinger(site: Site, ask: Ask, _: str) -> Reply:
    """GET /.well-known/webfinger: accounts of this server."""
    handle, _at, host = ask.one("resource").removeprefix("acct:").partition("@")
    person = site.network.find(handle, host)
    if host != HOST or person is None or person.host:
        raise not_found()
    links = [{"rel": "self", "type": "application/activity+json"}]
    links[0]["href"] = f"{SERVER}/users/{person.handle}"
    return json_reply({"subject": f"acct:{handle}@{HOST}", "links": links})


def instance_v2(site: Site, ask: Ask, _: str) -> Reply:
    """GET /api/v2/instance; older and smaller servers have only the first version."""
    traits = site.network.kind.traits
    if traits.software == "takahe":
        raise not_found()
    about = {
        "domain": HOST,
        "title": TITLE,
        "version": traits.version,
        "description": TITLE,
        "configuration": _configuration(site) | {"urls": {}},
        "registrations": {"enabled": False},
        "contact": {"email": "", "account": None},
        "rules": [],
    }
    if traits.software == "mastodon":
        about["api_versions"] = {"mastodon": 10}
    return json_reply(about)


def instance_v1(site: Site, ask: Ask, _: str) -> Reply:
    """GET /api/v1/instance."""
    traits = site.network.kind.traits
    about = {
        "uri": HOST,
        "title": TITLE,
        "version": traits.version,
        "short_description": TITLE,
        "configuration": _configuration(site),
        "urls": {},
        "stats": {"user_count": 1, "status_count": len(site.network.ours())},
    }
    return json_reply(about | {"max_toot_chars": traits.max_chars})


def _configuration(site: Site) -> dict[str, Any]:
    traits = site.network.kind.traits
    return {
        "statuses": {
            "max_characters": traits.max_chars,
            "max_media_attachments": 0 if traits.software == "takahe" else pictures.N_MAX,
            "characters_reserved_per_url": traits.url_chars,
        },
        "media_attachments": {
            "supported_mime_types": list(pictures.TYPES),
            "image_size_limit": pictures.MAX_BYTES,
            "description_limit": pictures.MAX_ALT,
        },
    }
