"""A kind of source, as the screens show it."""

from socialdesk.domain.frozen import frozen


@frozen
class NetworkRow:
    """A kind of source an account can be added for. `fields`: key, label, hint, is secret, is
    optional; labels and hints are English source texts for tr()."""

    key: str
    label: str
    sign_in: str  # oauth, pasted, password, none
    fields: tuple[tuple[str, str, str, bool, bool], ...] = ()
    can_hashtag: bool = False
    can_keyword: bool = False
    tokens_pasted: bool = False
    unverified: bool = False
    about: str = ""  # what comes from there
    can: tuple[str, ...] = ()  # names of `Can`
    guide: tuple[tuple[str, str, str, bool], ...] = ()  # text, page, clipboard, is a trap
    pastes: str = ""  # what is pasted after the browser: address, code, "" = nothing
    keep_hours: int = 0  # strangers' words are kept so long only, 0 = no limit
    first_watch: str = "mentions"  # kind of a new account's watch, "" = none
