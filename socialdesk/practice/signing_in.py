"""Routes of the sign-in: /api/v1/apps and /oauth."""

from urllib.parse import urlencode

from socialdesk.practice.content import SERVER
from socialdesk.practice.sign_ins import OUT_OF_BAND, SCOPES
from socialdesk.practice.site import Site
from socialdesk.practice.wire import Ask, Reply, TurnedDownError, json_reply, not_found


def register_app(site: Site, ask: Ask, _: str) -> Reply:
    """POST /api/v1/apps: `redirect_uris` as a list or one per line."""
    redirects = [line for text in ask.many("redirect_uris") for line in text.split()]
    app, secret = site.sign_ins.register(redirects, ask.one("scopes", "read"))
    return json_reply(
        {
            "id": "1",
            "name": ask.one("client_name"),
            "client_id": app.id,
            "client_secret": secret,
            "client_secret_expires_at": 0,
            "redirect_uri": "\n".join(redirects),
            "redirect_uris": redirects,
            "scopes": app.scopes.split(),
        }
    )


def authorize(site: Site, ask: Ask, _: str) -> Reply:
    """GET /oauth/authorize: what the browser is sent to; nobody has to press a button here."""
    if ask.one("response_type") != "code":
        raise TurnedDownError(400, "unsupported_response_type")
    method = ask.one("code_challenge_method", "S256")
    if method != "S256":
        raise TurnedDownError(400, "invalid_code_challenge_method")
    redirect = ask.one("redirect_uri")
    code = site.sign_ins.authorize(
        ask.one("client_id"), redirect, ask.one("code_challenge"), ask.one("scope", "read")
    )
    if redirect == OUT_OF_BAND:
        return Reply(200, f"<code>{code}</code>".encode(), {"Content-Type": "text/html"})
    query = urlencode({"code": code} | ({"state": ask.one("state")} if ask.one("state") else {}))
    return Reply(302, b"", {"Location": f"{redirect}?{query}"})


def token(site: Site, ask: Ask, _: str) -> Reply:
    """POST /oauth/token: a code for a token."""
    if ask.one("grant_type") != "authorization_code":
        raise TurnedDownError(400, "unsupported_grant_type")
    access, scopes = site.sign_ins.exchange(
        ask.one("code"),
        ask.one("client_id"),
        ask.one("client_secret"),
        ask.one("redirect_uri"),
        ask.one("code_verifier"),
    )
    return json_reply(
        {
            "access_token": access,
            "token_type": "Bearer",
            "scope": scopes,
            "created_at": site.network.now_ms // 1000,
        }
    )


def revoke(site: Site, ask: Ask, _: str) -> Reply:
    """POST /oauth/revoke."""
    site.sign_ins.revoke(ask.one("token"), ask.one("client_id"), ask.one("client_secret"))
    return json_reply({})


def metadata(site: Site, ask: Ask, _: str) -> Reply:
    """GET /.well-known/oauth-authorization-server: Mastodon 4.3 and later only."""
    if site.network.kind.traits.software != "mastodon":
        raise not_found()
    return json_reply(
        {
            "issuer": f"{SERVER}/",
            "authorization_endpoint": f"{SERVER}/oauth/authorize",
            "token_endpoint": f"{SERVER}/oauth/token",
            "revocation_endpoint": f"{SERVER}/oauth/revoke",
            "app_registration_endpoint": f"{SERVER}/api/v1/apps",
            "scopes_supported": ["read", "write", *SCOPES.split()],
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "code_challenge_methods_supported": ["S256"],
        }
    )
