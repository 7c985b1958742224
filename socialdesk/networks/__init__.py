"""Connectors: one file per network behind the protocols of `base.py`. No store, no keyring.

2026-11: `fetch` takes the watch beside the cursor, because one sign-in serves several watches
(mentions, hashtags, keywords) and each has its own cursor.
"""
