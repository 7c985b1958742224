"""Looking a person up among Salesforce's contacts."""

from collections.abc import Mapping
from typing import Any, Final

from socialdesk.domain.errors import BadAnswerError
from socialdesk.networks.crm import CrmPerson, CrmRecord
from socialdesk.networks.info import said
from socialdesk.networks.salesforce import soql
from socialdesk.networks.salesforce.api import SalesforceApi
from socialdesk.networks.values import text_or

MOST: Final = 5
_SHOWN: Final = {"Email": said("E-mail"), "Phone": said("Phone"), "Title": said("Job title")}


def look_up(api: SalesforceApi, person: CrmPerson, handle_field: str) -> tuple[CrmRecord, ...]:
    """At most MOST, who has the same address first. `handle_field`: the org's own field of
    handles, "" = it has none."""
    ways = _ways(person, handle_field)
    if not ways:
        return ()
    fields = ", ".join(("Id", "Name", *_SHOWN, "Account.Name"))
    data = api.get("query", q=f"SELECT {fields} FROM Contact WHERE {' OR '.join(ways)} LIMIT 25")
    records = data.get("records") if isinstance(data, Mapping) else None
    if not isinstance(records, list):
        raise BadAnswerError("Salesforce sent a search we cannot read")
    ranked = sorted(map(_checked, records), key=lambda one: _rank(one, person))
    return tuple(_record(one, api.instance) for one in ranked[:MOST])


def _ways(person: CrmPerson, handle_field: str) -> list[str]:
    handle_field = handle_field if soql.is_name(handle_field) else ""
    asked = {
        "Email": person.email, "Name": person.name, "Phone": person.phone,
        handle_field: person.handle,
    }  # fmt: skip
    return [
        f"{field} = {soql.text(value.strip())}"
        for field, value in asked.items()
        if field and value.strip()
    ]


def _checked(record: Any) -> Mapping[str, Any]:
    if not isinstance(record, Mapping) or not soql.is_id(text_or(record.get("Id"))):
        raise BadAnswerError("Salesforce sent a contact we cannot read")
    return record


def _rank(record: Mapping[str, Any], person: CrmPerson) -> tuple[bool, bool]:
    email = person.email.strip().casefold()
    has_email = bool(email) and text_or(record.get("Email")).casefold() == email
    name = text_or(record.get("Name")).casefold()
    return not has_email, name != person.name.strip().casefold()


def _record(record: Mapping[str, Any], instance: str) -> CrmRecord:
    id = text_or(record["Id"])
    account = record.get("Account")
    company = text_or(account.get("Name")) if isinstance(account, Mapping) else ""
    told = [(label, text_or(record.get(key))) for key, label in _SHOWN.items()]
    told.append((said("Company"), company))
    facts = tuple((label, value[:500]) for label, value in told if value)
    return CrmRecord(id, text_or(record.get("Name")) or id, page(instance, "Contact", id), facts)


def page(instance: str, kind: str, id: str) -> str:
    """Where the org shows it in the browser."""
    return f"{instance}/lightning/r/{kind}/{id}/view"
