"""The practice account, ready to be added without a browser, a key or a question."""

import json

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.practice.content import HOST, Content
from socialdesk.practice.sign_ins import PRACTICE_TOKEN

__all__ = ["PRACTICE_TOKEN", "account_fields", "account_secret", "watches"]


def account_fields() -> dict[str, str]:
    """What a person would type to connect Mastodon with a pasted token.

    The token opens nothing but the practice network, and is kept like any other all the same.
    """
    return {"server": HOST, "token": PRACTICE_TOKEN}


def account_secret() -> Secret:
    """What the Mastodon connector would keep in the keyring after a sign-in with these fields."""
    return Secret(json.dumps({"token": PRACTICE_TOKEN}))


def watches(content: Content) -> tuple[Watch, ...]:
    """Mentions, the brand's hashtag, and its name as a keyword."""
    return (
        Watch(WatchKind.MENTIONS),
        Watch(WatchKind.HASHTAG, content.hashtag),
        Watch(WatchKind.KEYWORD, content.keyword),
    )
