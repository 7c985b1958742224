"""Accounts, sign-in, watches, fetching."""

from dataclasses import field

from socialdesk.domain.frozen import frozen


@frozen
class AddAccount:
    """Sign in with typed fields. `session_only`: keep the secret in memory only, because the
    person agreed. Answer: account_id, or `needs_browser`. `backfill_days`: how far back."""

    network: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    watches: tuple[tuple[str, str, str], ...] = ()  # kind, query, brand words
    backfill_days: int = 7
    session_only: bool = False
    account_id: int = 0  # sign in again, in place


@frozen
class BeginSignIn:
    """Answer: `url` for the asker to open and `ticket` for `FinishSignIn`."""

    network: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)


@frozen
class FinishSignIn:
    """Waits for the browser (5 minutes at most), or takes a pasted `code`. As AddAccount."""

    ticket: str
    code: str = field(default="", repr=False)
    watches: tuple[tuple[str, str, str], ...] = ()
    backfill_days: int = 7
    session_only: bool = False
    account_id: int = 0


@frozen
class CancelSignIn:
    ticket: str


@frozen
class ListNetworks:
    """Which kinds of source can be added. Answer: `networks`, a list of NetworkRow as lists.

    A command, because connectors live in the engine's process."""


@frozen
class TestFetch:
    """Try a source without keeping it. Answer: n, examples (author, words), card facts."""

    network: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    watch: tuple[str, str, str] = ("mentions", "", "")


@frozen
class TestAccount:
    """Ask the network of an account who we are and what is new, now. Answer: name, server, n_new,
    n_failed (watches that failed; their health says why). Raises what the network answered."""

    account_id: int


@frozen
class SetAccountOn:
    account_id: int
    is_on: bool


@frozen
class Disconnect:
    """Revoke and forget the sign-in; mentions stay."""

    account_id: int


@frozen
class SetMonthlyCap:
    """The most that an account may cost a month, where its network takes money for each call.
    `cap`: US dollars as typed. What waits for the cap is tried at once."""

    account_id: int
    cap: str


@frozen
class AddWatch:
    account_id: int
    kind: str
    query: str = ""
    brand_words: str = ""
    backfill_days: int = 7


@frozen
class RemoveWatch:
    watch_id: int


@frozen
class FetchNow:
    """0 = every account. Answer (when `wait`): n_new, n_failed."""

    account_id: int = 0
    wait: bool = False


@frozen
class FetchThread:
    """Fetch the posts around a mention and its author's profile, for the detail pane."""

    mention_id: int


AccountsCommand = (
    AddAccount | BeginSignIn | FinishSignIn | CancelSignIn | ListNetworks | TestFetch
    | TestAccount | SetAccountOn | SetMonthlyCap | Disconnect | AddWatch | RemoveWatch | FetchNow
    | FetchThread
)  # fmt: skip
