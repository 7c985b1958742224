"""The kinds of server the practice network can play, as differences that a client must bear."""

from enum import Enum

from socialdesk.domain.frozen import frozen


@frozen
class Traits:
    """How one kind of server behaves. `lag_ms`: how long the server's own lists (account posts,
    context, search) lack a post it has accepted. `has_digit_ids`: else 26-character ULIDs."""

    software: str
    version: str
    honours_key: bool = False
    shows_own: bool = True
    lag_ms: int = 0
    has_digit_ids: bool = False
    max_chars: int = 500
    url_chars: int = 23


class Kind(Enum):
    """What a client can do after a send whose outcome it does not know."""

    HONOURS_KEY = "honours_key"  # a repeat with the same key gives the same post
    IGNORES_KEY = "ignores_key"  # a repeat gives a second post; it can be looked up at once
    READ_BACK_ONLY = "read_back_only"  # the same, but it can be looked up only after a while
    NEITHER = "neither"  # a repeat gives a second post, and looking finds nothing

    @property
    def traits(self) -> Traits:
        return _TRAITS[self]


# Measured behaviour of the servers named; see the sheet on the Mastodon API.
_TRAITS = {
    Kind.HONOURS_KEY: Traits("mastodon", "4.7.3", honours_key=True, has_digit_ids=True),
    Kind.IGNORES_KEY: Traits("gotosocial", "0.20.3", max_chars=5000, url_chars=25),
    Kind.READ_BACK_ONLY: Traits("akkoma", "2.7.2 (compatible; Akkoma 3.15.2)", lag_ms=8_000),
    Kind.NEITHER: Traits("takahe", "takahe/0.11.0", shows_own=False),
}
