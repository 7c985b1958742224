"""Whether a workspace is still new: nothing is connected and nothing ever arrived."""

from socialdesk.store.file.sqlite import Connection


def is_new(conn: Connection) -> bool:
    """No account and no mention."""
    (is_used,) = conn.execute(
        "SELECT EXISTS (SELECT 1 FROM account) OR EXISTS (SELECT 1 FROM mention)"
    ).fetchone()
    return not is_used


def n_accounts(conn: Connection) -> int:
    """Of any network, also those that are paused."""
    (n,) = conn.execute("SELECT count(*) FROM account").fetchone()
    return int(n)
