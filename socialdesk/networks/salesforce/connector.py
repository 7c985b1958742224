"""One Salesforce org: cases, tasks, people. It has no mentions."""

from collections.abc import Iterable, Mapping
from typing import Final

from socialdesk.domain.account import Can, Card
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.networks.crm import CrmCase, CrmPerson, CrmPushed, CrmRecord
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.salesforce.api import SalesforceApi
from socialdesk.networks.salesforce.cases import KINDS, MAX_BODY, Cases, Way
from socialdesk.networks.salesforce.people import look_up

REPEAT_SAFE_S: Final = 29 * 86_400  # Salesforce keeps an Idempotency-Key for 30 days


class SalesforceConnector(PartialConnector):
    """`settings`: server (the login host), org, user, ways ("Case:external_id Task:…"),
    handle_field."""

    def __init__(self, api: SalesforceApi, settings: Mapping[str, str]) -> None:
        self._api, self._settings = api, settings
        self._ways = ways_of(settings.get("ways", ""))
        self._cases = Cases(api, self._ways)

    def card(self) -> Card:
        """Asks whether the sign-in still works; the rest was asked when it began."""
        self._api.get("limits")
        org, user = self._settings["org"], self._settings["user"]
        is_safe = Way.PLAIN not in self._ways.values()
        return Card(
            own=Author(remote_id=org, handle=user, name=user),
            can=Can.CRM,
            length=LengthRule(MAX_BODY),
            software="salesforce",
            server=self._settings["server"],
            repeat_safe_s=REPEAT_SAFE_S if is_safe else 0,
        )

    def look_up(self, person: CrmPerson) -> tuple[CrmRecord, ...]:
        """By address, name, phone and, where the org keeps them, handle."""
        return look_up(self._api, person, self._settings.get("handle_field", ""))

    def push(self, case: CrmCase) -> CrmPushed:
        """A case or a task, on its contact."""
        return self._cases.push(case)

    def find_case(self, case: CrmCase) -> CrmPushed | None:
        """By our field, or by our id in its text."""
        return self._cases.find(case)

    def states(self, remote_ids: Iterable[str]) -> dict[str, str]:
        """Status of each, in the org's own words."""
        return self._cases.states(tuple(remote_ids))

    def sign_out(self) -> None:
        """Revoke it there."""
        self._api.sign_out()


def ways_of(text: str) -> dict[str, Way]:
    """As the settings keep them; what is not known there is made plainly."""
    kept = dict(part.partition(":")[::2] for part in text.split())
    known = {way.value: way for way in Way}
    return {kind: known.get(kept.get(kind, ""), Way.PLAIN) for kind in KINDS.values()}
