"""Discourse forums, each with a key that its person allowed.

2026-11: a *user API key*, because it needs no administrator. A loopback address is refused by
nearly every forum (`allowed_user_api_auth_redirects`), so the forum shows an encrypted text that
the person pastes. Source: discourse/discourse_api_docs of 2026-08-20 (MIT) and "User API keys
specification" (meta.discourse.org, topic 48536).
"""

from socialdesk.networks.discourse.network import NETWORK

__all__ = ["NETWORK"]
