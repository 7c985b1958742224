"""The business itself: Trustpilot calls it a unit, and names it by its website."""

from typing import Any, Final
from urllib.parse import urlsplit

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Author
from socialdesk.networks.trustpilot.api import Api
from socialdesk.networks.values import id_of, text_of

_WWW: Final = "www."


@frozen
class Unit:
    """`domain`: the website by which it was found."""

    id: str
    domain: str
    name: str = ""

    @property
    def own(self) -> Author:
        """The business as an author."""
        url = f"https://www.trustpilot.com/review/{self.domain}"
        return Author(self.id, self.domain, self.name, url=url)


def find_unit(api: Api, typed: str) -> Unit:
    """The unit of a website. A site may stand there with www. or without, and be another unit each
    way: what was typed comes first. Raises RefusedError(GONE): there is none."""
    domain = domain_of(typed)
    other = domain.removeprefix(_WWW) if domain.startswith(_WWW) else _WWW + domain
    try:
        return read_unit(api.get_public("/business-units/find", {"name": domain}))
    except RefusedError as e:
        if e.reason is not Refusal.GONE:
            raise
    return read_unit(api.get_public("/business-units/find", {"name": other}))


def read_unit(data: Any) -> Unit:
    """Raises BadAnswerError."""
    try:
        name = text_of(data["displayName"])
        return Unit(id_of(data["id"]), text_of(data["name"]["identifying"]), name)
    except (KeyError, TypeError, ValueError) as e:
        raise BadAnswerError("the business came unreadably") from e


def domain_of(typed: str) -> str:
    """The host of an address or of a name as people type it. Raises RefusedError."""
    typed = typed.strip().lower()
    try:
        host = urlsplit(typed if "//" in typed else f"//{typed}").hostname or ""
    except ValueError:
        host = ""
    if "." not in host or " " in host:
        raise RefusedError(Refusal.OTHER, "this is no website's address")
    return host
