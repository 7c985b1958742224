"""Questions and answers on the sites of Stack Exchange; read only.

2026-11: answering as a brand by program is against the customs of many of these sites, and would
need a sign-in of its own; so answers are written in the browser. Source: api.stackexchange.com
docs of API 2.3 (throttle, error-handling, excerpt-search); not tried against the live service.
"""

from socialdesk.networks.stackexchange.network import NETWORK

__all__ = ["NETWORK"]
