"""One HubSpot account: cases, tasks, people. It has no mentions."""

from collections.abc import Iterable, Mapping
from typing import Final

from socialdesk.domain.account import Can, Card
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.networks.crm import CrmCase, CrmPerson, CrmPushed, CrmRecord
from socialdesk.networks.hubspot.api import ACCOUNT, HubSpotApi
from socialdesk.networks.hubspot.cases import KINDS, MAX_BODY, Cases
from socialdesk.networks.hubspot.links import Links
from socialdesk.networks.hubspot.people import look_up
from socialdesk.networks.partial import PartialConnector

REPEAT_SAFE_S: Final = 30 * 86_400  # the unique property stays; a month is longer than any try


class HubSpotConnector(PartialConnector):
    """`settings`: portal, ui, zone, keyed (kinds with our property), handle_property."""

    def __init__(self, api: HubSpotApi, settings: Mapping[str, str]) -> None:
        self._api, self._settings = api, settings
        self._links = Links(settings["ui"], settings["portal"])
        self._keyed = frozenset(settings.get("keyed", "").split())
        self._cases = Cases(api, self._links, self._keyed)

    def card(self) -> Card:
        """Asks whether the key still works; the rest was asked when it signed in."""
        self._api.get(ACCOUNT)
        portal = self._settings["portal"]
        name = f"HubSpot {portal}"
        return Card(
            own=Author(remote_id=portal, handle=name, name=name),
            can=Can.CRM,
            length=LengthRule(MAX_BODY),
            software="hubspot",
            server=self._settings["ui"],
            repeat_safe_s=REPEAT_SAFE_S if self._keyed >= set(KINDS.values()) else 0,
        )

    def look_up(self, person: CrmPerson) -> tuple[CrmRecord, ...]:
        """By address, name, phone and, where the account keeps them, handle."""
        handle_property = self._settings.get("handle_property", "")
        return look_up(self._api, self._links, person, handle_property)

    def push(self, case: CrmCase) -> CrmPushed:
        """A ticket or a task, tied to its contact."""
        return self._cases.push(case)

    def find_case(self, case: CrmCase) -> CrmPushed | None:
        """By our property, or by our mark in its text."""
        return self._cases.find(case)

    def states(self, remote_ids: Iterable[str]) -> dict[str, str]:
        """Stages of tickets by their label, states of tasks as HubSpot calls them."""
        return self._cases.states(tuple(remote_ids))
