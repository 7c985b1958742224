"""HubSpot as a network: how its key is made there, and signing in with it."""

import re
from collections.abc import Mapping
from typing import Any, Final

import requests

from socialdesk.domain.account import Can, Secret
from socialdesk.domain.errors import AuthExpiredError, BadAnswerError, Refusal, RefusedError
from socialdesk.networks.base import (
    Field,
    GuideStep,
    KeepSecret,
    NetworkInfo,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.hubspot.api import (
    ACCOUNT,
    VERSION,
    HubSpotApi,
    object_path,
    property_path,
)
from socialdesk.networks.hubspot.cases import KEY, KINDS
from socialdesk.networks.hubspot.connector import HubSpotConnector
from socialdesk.networks.partial import NoBrowserSignIn
from socialdesk.networks.values import id_of, text_or

SCOPES: Final = (
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",  # to join a ticket to its contact
    "tickets",
)
_UI: Final = re.compile(r"[a-z0-9.-]{1,100}\.hubspot\.com")
_YES: Final = frozenset({"yes", "y", "да", "иә", "1", "true"})


class HubSpotNetwork(NoBrowserSignIn):
    """Sign-in with a service key or a private-app token; OAuth there needs a secret of ours."""

    info = NetworkInfo(
        key="hubspot",
        label="HubSpot",
        can=Can.CRM,
        sign_in=SignIn.PASSWORD,
        fields=(
            Field(
                "token",
                said("Service key"),
                said("Or the access token of a private app"),
                secret=True,
            ),
            Field(
                "may_make",
                said("May we add a field?"),
                said(
                    "Type yes, and one field named SocialDesk id is added to tickets and tasks. "
                    "With it a case is never made twice, even when the line breaks."
                ),
                optional=True,
            ),
            Field(
                "handle_property",
                said("Property with handles"),
                said("The internal name of the property where you keep social handles, if any"),
                optional=True,
            ),
        ),
        min_poll_s=900,
        unverified=True,
        first_watch=None,
        about=said("Makes tickets and tasks of mentions, and shows the contact behind them"),
        versions=(VERSION,),
        guide=(
            GuideStep(
                said(
                    "In HubSpot open Development, then Keys, then Service keys, and click Create "
                    "service key. You must be a super administrator."
                ),
                url="https://app.hubspot.com",
            ),
            GuideStep(said("Name it SocialDesk."), copy="SocialDesk"),
            GuideStep(
                said("Click Add new scope, tick these three, and click Update."),
                copy=" ".join(SCOPES),
            ),
            GuideStep(said("Click Create, open the key, click Show, copy it and paste it here.")),
            GuideStep(
                said(
                    "Nobody is looked up by itself: only when you click. A ticket or task holds "
                    "what you saw in the dialog, and its state is asked for four times an hour."
                )
            ),
            GuideStep(
                said(
                    "Without the extra field our id stands in the last line of the text, and when "
                    "the line breaks you decide whether a case is made again."
                ),
                is_trap=True,
            ),
            GuideStep(
                said("When the key is replaced in HubSpot, sign in here again with the new one."),
                is_trap=True,
            ),
        ),
    )  # fmt: skip

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> HubSpotConnector:
        """`settings` as `sign_in` gave them."""
        if secret is None:
            raise AuthExpiredError("no key is kept")
        return HubSpotConnector(HubSpotApi(http, secret.value, settings.get("zone", "")), settings)

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """Asks whose key it is, and tries what it must be allowed: a missing scope is told here."""
        secret = Secret(fields["token"].strip())
        api = HubSpotApi(http, secret.value)
        settings = _account(api.get(ACCOUNT))
        api.get(object_path("contacts"), limit=1)
        api.get(object_path("tickets"), limit=1)
        may_make = fields.get("may_make", "").strip().casefold() in _YES
        keyed = [kind for kind in KINDS.values() if _has_key(api, kind, may_make=may_make)]
        settings |= {
            "keyed": " ".join(keyed),
            "handle_property": _name_of(fields.get("handle_property", "")),
        }
        card = self.connect(http, settings, secret, lambda _: None).card()
        return SignedIn(settings, secret, card)


def _account(data: Any) -> dict[str, str]:
    try:
        portal, ui = id_of(data["portalId"]), text_or(data.get("uiDomain"))
        zone = text_or(data.get("timeZone"))
    except (KeyError, TypeError, ValueError, AttributeError) as e:
        raise BadAnswerError("HubSpot told of an account we cannot read") from e
    if not portal.isdigit():
        raise BadAnswerError("HubSpot told of an account without a number")
    return {"portal": portal, "ui": ui if _UI.fullmatch(ui) else "app.hubspot.com", "zone": zone}


def _has_key(api: HubSpotApi, kind: str, *, may_make: bool) -> bool:
    """Whether the objects have our unique property; it is made where the person agreed. Of tickets
    a refusal is told, because the person waits for it; tasks then do without."""
    try:
        found = api.get(property_path(kind, KEY))
        return isinstance(found, Mapping) and found.get("hasUniqueValue") is True
    except RefusedError as e:
        if e.reason is not Refusal.GONE or not may_make:
            return False
    try:
        api.post(property_path(kind), _property_of(api, kind))
    except RefusedError:
        if kind == "tickets":
            raise
        return False
    return True


def _property_of(api: HubSpotApi, kind: str) -> dict[str, Any]:
    return {
        "name": KEY,
        "label": "SocialDesk id",
        "description": "Made by SocialDesk: keeps one case from being made twice.",
        "groupName": _group(api, kind),
        "type": "string",
        "fieldType": "text",
        "hasUniqueValue": True,
        "formField": False,
    }


def _group(api: HubSpotApi, kind: str) -> str:
    """Tickets have theirs by this name in every account; of tasks the first one is taken."""
    if kind == "tickets":
        return "ticketinformation"
    data = api.get(property_path(kind, "groups"))
    try:
        return id_of(data["results"][0]["name"])
    except (KeyError, TypeError, ValueError, IndexError) as e:
        raise BadAnswerError("HubSpot told no group of properties") from e


def _name_of(typed: str) -> str:
    """An internal name: letters, digits and low lines."""
    typed = typed.strip().lower()
    if not re.fullmatch(r"[a-z0-9_]{0,100}", typed):
        raise RefusedError(Refusal.TEXT, "that is no internal name of a property")
    return typed


NETWORK: Final = HubSpotNetwork()
