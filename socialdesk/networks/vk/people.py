"""Who wrote it: people have positive ids, communities negative ones.

Source: VKCOM/vk-api-schema 5.199, users_user_full and groups_group_full.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from socialdesk.domain.mentions.mention import Author
from socialdesk.networks.http import Value
from socialdesk.networks.values import count_or_none, id_of, text_or
from socialdesk.networks.vk.api import Api
from socialdesk.networks.vk.places import WEB

FIELDS: Final = "screen_name,photo_100,followers_count,members_count"
MAX_IDS: Final = 500  # of one question

People = Mapping[str, Author]
"""Authors by signed id."""


def read_people(answer: Any) -> dict[str, Author]:
    """The `profiles` and `groups` beside the items of an extended answer."""
    found = [*map(_person, _dicts(answer, "profiles")), *map(_community, _dicts(answer, "groups"))]
    return {author.remote_id: author for author in found if author}


def ask_people(api: Api, ids: Iterable[str]) -> dict[str, Author]:
    """Who they are, in two questions at most; events name nobody."""
    wanted = list(dict.fromkeys(ids))[:MAX_IDS]
    users = [one for one in wanted if not one.startswith("-")]
    groups = [one.removeprefix("-") for one in wanted if one.startswith("-")]
    found: dict[str, Author] = {}
    if users:
        told = api.ask("users.get", {"user_ids": ",".join(users), "fields": FIELDS}).data
        found |= read_people({"profiles": told})
    if groups:
        asked: dict[str, Value] = {"group_ids": ",".join(groups), "fields": FIELDS}
        found |= read_people({"groups": _groups(api.ask("groups.getById", asked).data)})
    return found


def ask_community(api: Api) -> Author | None:
    """The community whose key it is."""
    groups = _groups(api.ask("groups.getById", {"fields": FIELDS}).data)
    found = list(read_people({"groups": groups}).values())
    return found[0] if found else None


def author_of(remote_id: str, people: People) -> Author:
    """An author of whom VK told nothing has at least a number."""
    if remote_id in people:
        return people[remote_id]
    number = remote_id.lstrip("-")
    handle = f"club{number}" if remote_id.startswith("-") else f"id{number}"
    return Author(remote_id, handle, url=f"{WEB}/{handle}")


def _groups(answer: Any) -> Any:
    """5.199 has `groups` in an object; older versions sent the list itself."""
    return answer.get("groups") if isinstance(answer, dict) else answer


def _person(item: dict[str, Any]) -> Author | None:
    name = (text_or(item.get("first_name")), text_or(item.get("last_name")))
    return _author(item, "", "id", " ".join(filter(None, name)), item.get("followers_count"))


def _community(item: dict[str, Any]) -> Author | None:
    return _author(item, "-", "club", text_or(item.get("name")), item.get("members_count"))


def _author(item: dict[str, Any], sign: str, kind: str, name: str, count: Any) -> Author | None:
    number = item.get("id")
    if type(number) is not int or number <= 0:
        return None
    remote_id = id_of(number)
    return Author(
        remote_id=sign + remote_id,
        handle=text_or(item.get("screen_name")) or kind + remote_id,
        name=name,
        url=f"{WEB}/{kind}{remote_id}",
        avatar_url=text_or(item.get("photo_100")),
        n_followers=count_or_none(count),
    )


def _dicts(answer: Any, key: str) -> list[dict[str, Any]]:
    found = answer.get(key) if isinstance(answer, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
