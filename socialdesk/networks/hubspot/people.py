"""Looking a person up among HubSpot's contacts: by address first, then by name, phone or handle."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.networks.crm import CrmPerson, CrmRecord
from socialdesk.networks.hubspot.api import HubSpotApi, object_path
from socialdesk.networks.hubspot.links import Links
from socialdesk.networks.info import said
from socialdesk.networks.values import id_of, text_or

MOST: Final = 5
_SHOWN: Final = {
    "email": said("E-mail"),
    "phone": said("Phone"),
    "company": said("Company"),
    "jobtitle": said("Job title"),
    "lifecyclestage": said("Stage"),
}
_ASKED: Final = ("firstname", "lastname", *_SHOWN)

Filter = dict[str, str]


def look_up(
    api: HubSpotApi, links: Links, person: CrmPerson, handle_property: str
) -> tuple[CrmRecord, ...]:
    """At most MOST, who has the same address first. `handle_property`: the account's own property
    of handles, "" = it has none."""
    found: dict[str, Mapping[str, Any]] = {}
    email = person.email.strip()
    for one in _by_email(api, email):
        found[_id(one)] = one
    groups = _groups(person, handle_property)
    if groups and len(found) < MOST:
        for one in _searched(api, groups, handle_property):
            found.setdefault(_id(one), one)
    ranked = sorted(found.values(), key=lambda one: _rank(one, person))
    return tuple(_record(one, links) for one in ranked[:MOST])


def _by_email(api: HubSpotApi, email: str) -> list[Mapping[str, Any]]:
    """Directly: a contact made a minute ago is not in the search yet."""
    if not email:
        return []
    path = object_path("contacts", quote(email, safe="@"))
    try:
        data = api.get(path, idProperty="email", properties=",".join(_ASKED))
    except RefusedError as e:
        if e.reason is Refusal.GONE:
            return []
        raise
    return [_contact(data)]


def _searched(
    api: HubSpotApi, groups: list[dict[str, list[Filter]]], handle_property: str
) -> list[Mapping[str, Any]]:
    asked = [*_ASKED, handle_property] if handle_property else list(_ASKED)
    body = {"filterGroups": groups, "properties": asked, "limit": 10}
    results = api.search(object_path("contacts", "search"), body).get("results")
    if not isinstance(results, list):
        raise BadAnswerError("HubSpot sent a search we cannot read")
    return [_contact(one) for one in results]


def _groups(person: CrmPerson, handle_property: str) -> list[dict[str, list[Filter]]]:
    """Any of these: the same address, the same first and last name, phone, handle."""
    first, _, last = person.name.strip().rpartition(" ")
    ways: list[list[Filter]] = []
    if person.email.strip():
        ways.append([_same("email", person.email.strip())])
    if first and last:
        ways.append([_same("firstname", first.strip()), _same("lastname", last)])
    elif last:
        ways += [[_same("firstname", last)], [_same("lastname", last)]]
    if person.phone.strip():
        ways.append([_same("phone", person.phone.strip())])
    if person.handle.strip() and handle_property:
        ways.append([_same(handle_property, person.handle.strip())])
    return [{"filters": way} for way in ways[:5]]  # HubSpot's most


def _same(name: str, value: str) -> Filter:
    return {"propertyName": name, "operator": "EQ", "value": value}


def _rank(one: Mapping[str, Any], person: CrmPerson) -> tuple[bool, bool]:
    email = person.email.strip().casefold()
    has_email = bool(email) and _property(one, "email").casefold() == email
    return not has_email, _name(one).casefold() != person.name.strip().casefold()


def _contact(data: Any) -> Mapping[str, Any]:
    if not isinstance(data, Mapping) or not isinstance(data.get("properties"), Mapping):
        raise BadAnswerError("HubSpot sent a contact we cannot read")
    _id(data)
    return data


def _id(one: Mapping[str, Any]) -> str:
    try:
        return id_of(one["id"])
    except (KeyError, TypeError, ValueError) as e:
        raise BadAnswerError("HubSpot sent a contact without an id") from e


def _record(one: Mapping[str, Any], links: Links) -> CrmRecord:
    id = _id(one)
    facts = tuple((label, value) for key, label in _SHOWN.items() if (value := _property(one, key)))
    url = links.to("contacts", id, text_or(one.get("url")))
    return CrmRecord(id, _name(one) or _property(one, "email") or id, url, facts)


def _name(one: Mapping[str, Any]) -> str:
    return f"{_property(one, 'firstname')} {_property(one, 'lastname')}".strip()


def _property(one: Mapping[str, Any], name: str) -> str:
    return text_or(one["properties"].get(name)).strip()[:500]
