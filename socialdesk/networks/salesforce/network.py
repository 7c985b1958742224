"""Salesforce as a network: the org's own External Client App, and signing in through it.

The browser comes back to one of three fixed ports: the app's settings must name each address.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from socialdesk.domain.account import Can, Secret
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.networks.base import (
    Field,
    GuideStep,
    KeepSecret,
    NetworkInfo,
    OAuthStart,
    Redirect,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.http import bearer, get_json, post_form
from socialdesk.networks.oauth import PATH, asking
from socialdesk.networks.partial import OnlyBrowserSignIn
from socialdesk.networks.salesforce import soql
from socialdesk.networks.salesforce.api import (
    VERSION,
    SalesforceApi,
    check,
    check_oauth,
    origin_of,
    with_instance,
)
from socialdesk.networks.salesforce.cases import KEY, KINDS, Way
from socialdesk.networks.salesforce.connector import SalesforceConnector
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.values import text_or

REDIRECT: Final = Redirect(host="localhost", ports=(47_310, 47_311, 47_312))
SCOPES: Final = "api refresh_token"
_CALLBACKS: Final = "\n".join(f"http://localhost:{port}{PATH}" for port in REDIRECT.ports)


class SalesforceNetwork(OnlyBrowserSignIn):
    """OAuth with PKCE and no secret, through the org's own app."""

    info = NetworkInfo(
        key="salesforce",
        label="Salesforce",
        can=Can.CRM,
        sign_in=SignIn.OAUTH,
        fields=(
            Field(
                "domain",
                said("My Domain"),
                said(
                    "As in the browser: yourshop.my.salesforce.com. A sandbox has its own. Not "
                    "known: login.salesforce.com or test.salesforce.com"
                ),
            ),
            Field("client_id", said("Consumer key"), said("Of your own External Client App")),
            Field(
                "handle_field",
                said("Field with handles"),
                said("API name of the contact field with social handles, X_Handle__c; if any"),
                optional=True,
            ),
        ),
        min_poll_s=900,
        unverified=True,
        first_watch=None,
        about=said("Makes cases and tasks of mentions, and shows the contact behind them"),
        redirect=REDIRECT,
        versions=(VERSION,),
        guide=(
            GuideStep(
                said(
                    "In Salesforce open Setup, search for External Client App Manager, and choose "
                    "New External Client App. Name it SocialDesk. You must be an administrator."
                ),
                url="https://login.salesforce.com",
                copy="SocialDesk",
            ),
            GuideStep(
                said("Enable OAuth. Paste these three lines as callback addresses."),
                copy=_CALLBACKS,
            ),
            GuideStep(
                said("Choose two scopes: Manage user data via APIs, and Perform requests at any "
                     "time."),
                copy=SCOPES,
            ),
            GuideStep(
                said("Tick Require PKCE, untick Require secret for Web Server Flow, and switch "
                     "refresh token rotation on.")
            ),
            GuideStep(
                said("Recommended: in Object Manager add to Case (and to Activity) a text field of "
                     "36 characters, External ID and Unique, with this API name. With it a case is "
                     "never made twice."),
                copy=KEY.removesuffix("__c"),
            ),
            GuideStep(said("Copy the consumer key and paste it here, with your My Domain.")),
            GuideStep(
                said("A new app needs up to ten minutes before it lets anybody in, and your "
                     "profile must be permitted in its policies."),
                is_trap=True,
            ),
            GuideStep(
                said("Cases may send e-mails by your org's own rules. We never start assignment "
                     "rules; try it in a sandbox first."),
                is_trap=True,
            ),
            GuideStep(
                said("A computer not used for a month may have to sign in again: that is the org's "
                     "setting."),
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
    ) -> SalesforceConnector:
        """`settings` as the sign-in gave them."""
        api = SalesforceApi(
            http, f"https://{settings['server']}", settings["client_id"], settings["version"],
            Tokens.unpacked(secret), keep_secret,
        )  # fmt: skip
        return SalesforceConnector(api, settings)

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """Asks nothing: the app is the org's own."""
        login, client_id = login_of(fields["domain"]), fields["client_id"].strip()
        handle_field = fields.get("handle_field", "").strip()
        if handle_field and not soql.is_name(handle_field):
            raise RefusedError(Refusal.TEXT, "that is no API name of a field")
        query = {"client_id": client_id, "redirect_uri": redirect_uri, "scope": SCOPES}
        context = {"login": login, "client_id": client_id, "handle_field": handle_field}
        return asking(f"{login}/services/oauth2/authorize", query, context, with_pkce=True)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """Tokens, whose they are, which version, and how cases are made once here."""
        context = start.context
        form = {
            "grant_type": "authorization_code", "code": code, "client_id": context["client_id"],
            "redirect_uri": redirect_uri, "code_verifier": context["verifier"],
        }  # fmt: skip
        login = context["login"]
        answer = post_form(http, f"{login}/services/oauth2/token", form, check=check_oauth)
        tokens = with_instance(answer.data, Tokens(""))
        kept = [tokens.packed()]
        version = _version(http, tokens)
        api = SalesforceApi(http, login, context["client_id"], version, tokens, kept.append)
        org, user = _who(api)
        settings = {
            "server": urlsplit(login).hostname or "", "client_id": context["client_id"],
            "version": version, "org": org, "user": user,
            "ways": " ".join(f"{kind}:{_way(api, kind).value}" for kind in KINDS.values()),
            "handle_field": context["handle_field"],
        }  # fmt: skip
        return SignedIn(settings, kept[-1], SalesforceConnector(api, settings).card())


def login_of(typed: str) -> str:
    """The origin where people sign in, of what was typed or copied from the browser. Raises
    RefusedError when it is none of Salesforce's: the sign-in would go there."""
    typed = typed.strip()
    origin = origin_of(typed if "://" in typed else f"https://{typed}")
    host = urlsplit(origin).hostname or ""
    if host.endswith(".lightning.force.com"):  # the address bar of a signed-in person
        host = host.removesuffix(".lightning.force.com") + ".my.salesforce.com"
    if not host.endswith(".salesforce.com"):
        raise RefusedError(Refusal.UNSAFE, "that is no address of Salesforce")
    return f"https://{host}"


def _version(http: requests.Session, tokens: Tokens) -> str:
    """The newest the org speaks, but none that we do not know."""
    url = f"{tokens.rest['instance']}/services/data/"
    data = get_json(http, url, headers=bearer(tokens.access), check=check).data
    try:
        newest = max(float(text_or(one["version"])) for one in data)
    except (TypeError, KeyError, ValueError) as e:
        raise BadAnswerError("Salesforce told no versions") from e
    return f"{min(newest, float(VERSION.name)):.1f}"


def _who(api: SalesforceApi) -> tuple[str, str]:
    """Id and name of the org; every API user may read them."""
    data = api.get("query", q="SELECT Id, Name FROM Organization LIMIT 1")
    try:
        found = data["records"][0]
        org, name = text_or(found["Id"]), text_or(found["Name"])
    except (KeyError, TypeError, IndexError) as e:
        raise BadAnswerError("Salesforce told of no organisation") from e
    if not soql.is_id(org):
        raise BadAnswerError("Salesforce told of an organisation without an id")
    return org, name or org


def _way(api: SalesforceApi, kind: str) -> Way:
    """How this kind of object is made once here. What cannot be told is made plainly."""
    try:
        fields = api.get(f"sobjects/{kind}/describe").get("fields", ())
        if any(_is_key(one) for one in fields):
            return Way.EXTERNAL_ID
        api.get(f"ui-api/object-info/{kind}")
    except (RefusedError, AttributeError, TypeError):
        return Way.PLAIN
    return Way.IDEMPOTENCY_KEY


def _is_key(field: Any) -> bool:
    return (
        isinstance(field, Mapping)
        and field.get("name") == KEY
        and field.get("externalId") is True
        and field.get("unique") is True
    )


NETWORK: Final = SalesforceNetwork()
