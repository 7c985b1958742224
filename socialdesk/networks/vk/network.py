"""VK as a network: a key of the brand's own community, made in its settings."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.base import (
    ApiVersion,
    Field,
    GuideStep,
    KeepSecret,
    NetworkInfo,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.http import Value
from socialdesk.networks.partial import NoBrowserSignIn
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.vk.api import HOSTS, VERSION, Api, Keys
from socialdesk.networks.vk.connector import BASIC, MIN_POLL_S, WITH_SERVICE, VkConnector
from socialdesk.networks.vk.events import HEARD
from socialdesk.networks.vk.people import ask_community

_NEEDED: Final = ("manage", "wall")

GUIDE: Final = (
    GuideStep(
        said("On VK, open your community as its administrator, then Manage, Settings, API usage "
             "(in Russian: Управление, Настройки, Работа с API)."),
        url="https://vk.com/groups?tab=admin",
    ),
    GuideStep(
        said("Create an access key. Tick: manage the community, wall, messages, photos. Confirm "
             "it in VK's app and copy the key into the field below. It does not end by itself.")
    ),
    GuideStep(
        said("On the tab Long Poll API, the program switches on by itself what it needs. Leave it "
             "on: a switched-off kind of event is never told.")
    ),
    GuideStep(
        said("VK keeps only the newest events. With a service key (next step) gaps are filled "
             "from the wall; without one, what came while the program was closed for long may "
             "be missing, and nobody can tell."),
        is_trap=True,
    ),
    GuideStep(
        said("For searches over all of VK, threads and gaps: sign in to VK's page for developers, "
             "make an app of your own (a mini app will do) and copy its service key."),
        url="https://dev.vk.com",
    ),
    GuideStep(
        said("A search finds only a part of what is written, and later: VK promises no more. "
             "Never read \"nothing found\" as \"nothing was said\"."),
        is_trap=True,
    ),
    GuideStep(
        said("Answers go out in the community's name, under its own wall and in its messages. "
             "Comments on photos, videos, goods and discussions are shown, but VK lets a "
             "community key answer none of them: that is done in the browser. So are changing "
             "and deleting a comment."),
        is_trap=True,
    ),
    GuideStep(
        said("VK belongs to a company under sanctions in several countries, and some providers "
             "block it. Where personal data of people in Russia are handled, Russian law 152-FZ "
             "applies. Ask your lawyer; we are none."),
        is_trap=True,
    ),
)  # fmt: skip


class VkNetwork(NoBrowserSignIn):
    """Sign-in by pasted keys."""

    info = NetworkInfo(
        key="vk",
        label="VK",
        can=BASIC | WITH_SERVICE,
        sign_in=SignIn.PASSWORD,
        fields=(
            Field("key", said("Community key"), said("Begins with vk1."), secret=True),
            Field(
                "service",
                said("Service key"),
                said("For searches and threads; from an app of your own"),
                secret=True,
                optional=True,
            ),
        ),
        min_poll_s=MIN_POLL_S,
        guide=GUIDE,
        about=said("Posts, comments and messages of your community, and searches over VK"),
        versions=(ApiVersion(VERSION, date(2027, 12, 31)),),
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> VkConnector:
        """`settings`: `group` (a positive number) and `host`, as `sign_in` gave them."""
        tokens = Tokens.unpacked(secret)
        host = settings.get("host") or HOSTS[0]
        api = Api(http, Keys(tokens.access, tokens.rest.get("service", "")), host)
        return VkConnector(api, settings["group"], host)

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """Tries both hosts and both keys, and switches the community's events on. Raises
        RefusedError when the key lacks a right."""
        keys = Keys(*("".join(fields.get(name, "").split()) for name in ("key", "service")))
        if not keys.community.isascii() or not keys.service.isascii() or not keys.community:
            raise AuthExpiredError("this is no community key")
        host, group = _find_host(http, keys)
        api = Api(http, keys, host)
        rights = _rights(api)
        if keys.service:
            api.look("groups.getById", {"group_id": group})
        api.write("groups.setLongPollSettings", _switched_on(group, rights))
        secret = Tokens(keys.community, rest={"service": keys.service}).packed()
        settings = {"group": group, "host": host}
        card = self.connect(http, settings, secret, lambda kept: None).card()
        return SignedIn(settings, secret, card)


def _find_host(http: requests.Session, keys: Keys) -> tuple[str, str]:
    """The first host that can be reached, and the community's positive number."""
    missed = UnreachableError("VK was not found", maybe_done=False)
    for host in HOSTS:
        try:
            own = ask_community(Api(http, keys, host))
        except UnreachableError as e:
            missed = e
            continue
        if own is None:
            raise BadAnswerError("VK told no community")
        return host, own.remote_id.removeprefix("-")
    raise missed


def _rights(api: Api) -> frozenset[str]:
    """What the key may do. Raises RefusedError when it may not read or answer comments; messages
    are a person's choice."""
    told = api.ask("groups.getTokenPermissions", {}).data
    rights = told.get("permissions") if isinstance(told, dict) else None
    if not isinstance(rights, list):
        raise BadAnswerError("VK sent rights we cannot read")
    names = frozenset(str(one.get("name")) for one in rights if isinstance(one, dict))
    lacking = [name for name in _NEEDED if name not in names]
    if lacking:
        raise RefusedError(Refusal.PERMISSION, f"the key lacks the right: {', '.join(lacking)}")
    return names


def _switched_on(group: str, rights: frozenset[str]) -> dict[str, Value]:
    heard = [name for name in HEARD if "messages" in rights or not name.startswith("message_")]
    on: dict[str, Any] = dict.fromkeys(heard, 1)
    return {"group_id": group, "enabled": 1, "api_version": VERSION, **on}


NETWORK: Final = VkNetwork()
