"""Signing in with Facebook: the person's own Meta app, its dialog, and the Pages they manage.

Source: "Manually Build a Login Flow", "Get Long-Lived Tokens", Pages API "Manage a Page", read
2026-11-21. There is no PKCE and no public client: the app's secret is the business's own, and goes
to the keyring.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

import requests

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.networks import http
from socialdesk.networks.base import OAuthStart
from socialdesk.networks.http import Answer, Value
from socialdesk.networks.info import Field, GuideStep, said
from socialdesk.networks.meta.graph import FACEBOOK, VERSION, Graph, listing
from socialdesk.networks.meta.problems import PARAMETER, error_for, problem_of
from socialdesk.networks.oauth import asking
from socialdesk.networks.values import id_of, text_of, text_or

DIALOG: Final = f"https://www.facebook.com/{VERSION.name}/dialog/oauth"
APPS: Final = "https://developers.facebook.com/apps/"
_WRONG_APP: Final = frozenset({1, 101})  # what a wrong app id or secret is answered with

APP_ID: Final = Field(
    "app_id",
    said("App ID"),
    said("Of your own Meta app: App settings, Basic. Not needed with a pasted token."),
    optional=True,
)
APP_SECRET: Final = Field(
    "app_secret",
    said("App secret"),
    said("Stands below the app ID. It stays in this computer's keyring."),
    secret=True,
    optional=True,
)

PASTED_TOKEN: Final = Field(
    "token",
    said("Access token"),
    said("Made in the app's settings, instead of signing in in the browser"),
    secret=True,
    optional=True,
)
RENEWED_WEEKLY: Final = GuideStep(
    said(
        "The sign-in is good for 60 days and is renewed every week while the program runs. "
        "After two months without it, sign in again."
    ),
    is_trap=True,
)


@frozen
class Managed:
    """A Page that a token opens. `token`: the Page's own; `tasks`: what the person may do there,
    () = not told; `instagram_id`: of the professional account linked to it, "" = none."""

    page_id: str
    name: str
    token: str = field(repr=False)
    tasks: tuple[str, ...] = ()
    instagram_id: str = ""


def begin(fields: Mapping[str, str], dialog: str, scope: str, redirect_uri: str) -> OAuthStart:
    """The address to open, for an app typed in `fields`. Raises RefusedError without one."""
    app_id, app_secret = fields.get("app_id", "").strip(), fields.get("app_secret", "").strip()
    if not app_id or not app_secret:
        raise RefusedError(Refusal.OTHER, "type the app ID and the app secret, or paste a token")
    query = {
        "client_id": app_id,
        "redirect_uri": redirect_uri,
        "scope": scope,
    }
    context = {"app_id": app_id, "app_secret": app_secret, "page": fields.get("page", "")}
    return asking(dialog, query, context)


def bare_code(code: str) -> str:
    """Meta ends its addresses with "#_", which is no part of the code."""
    return code.removesuffix("#_")


def code_answer(
    session: requests.Session, url: str, start: OAuthStart, code: str, redirect_uri: str
) -> Answer:
    """The answer to a code, its secrets in the body. Raises RefusedError for a wrong app."""
    form = {
        "client_id": start.context["app_id"],
        "client_secret": start.context["app_secret"],
        "redirect_uri": redirect_uri,
        "code": bare_code(code),
        "grant_type": "authorization_code",
    }
    return http.post_form(session, url, form, check=lambda one: check_app(one, form))


def check_app(answer: Answer, sent: Mapping[str, str]) -> None:
    """As `problems.check`; a wrong app ID or secret is answered with the code of a transient
    error, and a wrong code with that of a wrong parameter."""
    problem = problem_of(answer)
    if problem is None:
        http.raise_for(answer)
    elif problem.code in _WRONG_APP:
        raise RefusedError(Refusal.PERMISSION, f"{answer.host} knows no such app ID and secret")
    else:
        raise error_for(problem, answer, sent.values())


def token_of(data: Any) -> str:
    """The access token of an answer. Raises BadAnswerError."""
    token = data.get("access_token") if isinstance(data, dict) else None
    if not isinstance(token, str) or not token:
        raise BadAnswerError("no access token came")
    return token


def pasted_token(fields: Mapping[str, str]) -> str:
    """Raises RefusedError for what cannot be one."""
    token = fields.get("token", "").strip().removeprefix("Bearer ").strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise RefusedError(Refusal.OTHER, "not an access token")
    return token


def long_lived(session: requests.Session, token: str, app_id: str, app_secret: str) -> str:
    """A user token of 60 days for one of hours. One that cannot be exchanged (a System User's has
    no end) stays as it is."""
    form = {
        "grant_type": "fb_exchange_token",
        "client_id": app_id,
        "client_secret": app_secret,
        "fb_exchange_token": token,
    }
    url = f"{FACEBOOK}/oauth/access_token"
    try:
        answer = http.post_form(session, url, form, check=lambda one: check_app(one, form))
    except RefusedError as e:
        if e.reason is Refusal.PERMISSION:
            raise
        return token
    return token_of(answer.data)


def managed_pages(session: requests.Session, token: str, app_secret: str) -> tuple[Managed, ...]:
    """The Pages that a token opens: those of its person or System User, or the one it is of."""
    graph = Graph(session, FACEBOOK, lambda: token, app_secret)
    instagram = "instagram_business_account{id,username}"
    fields = f"id,name,access_token,tasks,{instagram}"
    asked: dict[str, Value] = {"fields": fields, "limit": 100}
    found = graph.get_unless((PARAMETER, 0), "me/accounts", asked)
    if found is not None:
        pages = listing(found).items
    else:  # a Page has no `accounts`: the token is its own
        page = graph.get("me", {"fields": f"id,name,{instagram}"}).data
        pages = ({**page, "access_token": token},)
    try:
        return tuple(_managed(page) for page in pages)
    except (KeyError, TypeError, ValueError, AttributeError) as e:
        raise BadAnswerError("a list of Pages we cannot read") from e


def chosen(pages: tuple[Managed, ...], typed: str) -> Managed:
    """The Page that was typed, by name or number; without any, the only one there is."""
    wanted = typed.strip().casefold()
    found = [page for page in pages if not wanted or wanted in (page.page_id, page.name.casefold())]
    if len(found) == 1:
        return found[0]
    if not pages:
        raise RefusedError(Refusal.PERMISSION, "this sign-in manages no Page, or gave none")
    names = ", ".join(f"{page.name} ({page.page_id})" for page in pages[:20])
    raise RefusedError(Refusal.OTHER, f"type which Page: {names}")


def _managed(page: Any) -> Managed:
    linked = page.get("instagram_business_account")
    tasks = page.get("tasks") or []
    return Managed(
        page_id=id_of(page["id"]),
        name=text_of(page["name"]),
        token=text_or(page.get("access_token")),
        tasks=tuple(task for task in tasks if isinstance(task, str)),
        instagram_id=id_of(linked["id"]) if isinstance(linked, dict) else "",
    )
