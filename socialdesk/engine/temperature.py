"""The temperature check of a planned post, put together from its words and the file."""

from datetime import date, datetime

from socialdesk.analysis.temperature import (
    days_on,
    judge,
    shape_flags,
    shown_term,
    topic_terms,
)
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.queue.search import Word
from socialdesk.domain.temperature import LATELY_MS, MAX_TEXT, Temperature
from socialdesk.engine.settings import value_of
from socialdesk.store import settings
from socialdesk.store.crisis import incidents, lock
from socialdesk.store.figures import temperature as store
from socialdesk.store.file.sqlite import Connection


def check(conn: Connection, text: str, account_id: int, at: int, now: int) -> Temperature:
    """`account_id` 0 = published elsewhere; `at`: ms UTC, 0 = `now`."""
    text, at = text[:MAX_TEXT], at or now
    terms = terms_of(conn, text)
    month, lately, n_unresolved = store.count(conn, terms, now)
    stood_down = store.stood_down_at(conn, account_id, at)
    dates = days_on(value_of(settings.read_all(conn), "careful_days"), _day_of(at))
    flags = shape_flags(
        text,
        is_after_stand_down=bool(stood_down) and at - stood_down <= LATELY_MS,
        has_date=bool(dates),
    )
    in_scope = _in_scope(conn, account_id)
    limits = settings.crisis_limits(conn)
    verdict, grounds = judge(month, lately, n_unresolved, flags, len(in_scope), limits)
    locked = lock.lock_of(conn, account_id) if account_id else None
    return Temperature(
        verdict=verdict, grounds=grounds, terms=tuple(map(shown_term, terms)), month=month,
        lately=lately, n_unresolved=n_unresolved, examples=store.worst(conn, terms, now),
        incidents=tuple((one.code, one.title) for one in in_scope), flags=flags, dates=dates,
        lock=locked.code if locked else "", lock_id=locked.incident_id if locked else 0,
        account=lock.account_name(conn, account_id), limits=limits,
    )  # fmt: skip


def terms_of(conn: Connection, text: str) -> tuple[Word, ...]:
    """What the post is about, with the brand words of all watches."""
    return topic_terms(text[:MAX_TEXT], store.brand_names(conn))


def _in_scope(conn: Connection, account_id: int) -> list[Incident]:
    """Open incidents that cover the account; of a post published elsewhere: all."""
    return [
        one
        for one in incidents.open_incidents(conn)
        if one.is_open and (not account_id or one.scope.covers(account_id))
    ]


def _day_of(at: int) -> date:
    """The day people here call it, as `before:` and `after:` of a search do."""
    return datetime.fromtimestamp(at / 1000).date()
