"""Hacker News: read through Algolia's search and the Firebase item API; answered in the browser.

2026-11: the site has no call that writes, and none that tells who answered whom. So an account is
a website: links to it are its mentions, names are watched as keywords. Source: READMEs of
HackerNews/API and algolia/hn-search; nothing of it was tried against the live service.
"""

from socialdesk.networks.hackernews.network import NETWORK

__all__ = ["NETWORK"]
