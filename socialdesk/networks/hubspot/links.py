"""Where HubSpot shows a person, a ticket or a task in the browser."""

from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.networks.values import parts_of

_TYPES: Final = {"contacts": "0-1", "tickets": "0-5", "tasks": "0-27"}  # HubSpot's own type ids


@frozen
class Links:
    """`ui`: the host of the account's pages (app.hubspot.com, app-eu1.hubspot.com). `portal`: the
    account's number."""

    ui: str
    portal: str

    def to(self, kind: str, id: str, told: str = "") -> str:
        """`told`: the address HubSpot gave, taken when it is one of its own."""
        host = (parts_of(told).hostname or "") if told.startswith("https://") else ""
        if host == "hubspot.com" or host.endswith(".hubspot.com"):
            return told
        return f"https://{self.ui}/contacts/{self.portal}/record/{_TYPES[kind]}/{id}"
