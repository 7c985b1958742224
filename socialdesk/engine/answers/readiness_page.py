"""The readiness page: what the workspace holds, judged by `domain/crisis/readiness.py`."""

from dataclasses import replace

from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.crisis.readiness import STALE_MS, Facts, QuietLine, ReadyLine, readiness
from socialdesk.domain.playbooks.playbook import COMMON_ID, LANGS, Line
from socialdesk.engine.answers.playbooks import list_playbooks
from socialdesk.engine.playbooks import read_common, read_playbooks
from socialdesk.store import people, settings
from socialdesk.store import readiness as store
from socialdesk.store.crisis import audiences, drills, lines
from socialdesk.store.file.sqlite import Connection


def read_readiness(conn: Connection, now: int) -> tuple[ReadyLine, ...]:
    """Every line of the page."""
    return readiness(read_facts(conn, now), now)


def read_facts(conn: Connection, now: int) -> Facts:
    """`now`: ms UTC."""
    rows = list_playbooks(conn)
    led = drills.last_led(conn)
    return Facts(
        read_at={row.id: row.read_at for row in rows},
        unreviewed={lang: sum(not row.reviewed[lang] for row in rows) for lang in LANGS},
        mode=settings.team_mode(conn),
        n_people=len(people.list_people(conn)),
        n_pins=store.n_pins(conn),
        audiences=audiences.list_audiences(conn),
        drill_at=led.at if led else 0,
        drill_total=led.score.total if led else 0,
        lines=quiet_lines(conn, now),
        forgotten=store.forgotten_pins(conn, now - STALE_MS),
        served=store.served(conn),
    )


def quiet_lines(conn: Connection, now: int) -> tuple[QuietLine, ...]:
    """The lines that may be approved in quiet times, in every language: those without a claim, and
    those of safety. The shared ones first, as they serve every crisis."""
    known = store.fixed_lines(conn, now)
    found = [*_of(COMMON_ID, read_common(conn).lines)]
    for playbook in read_playbooks(conn):
        found += _of(playbook.id, playbook.lines)
    return tuple(
        _quiet_line(
            conn, now, line, id_, lang,
            known.get((id_, line.key, lang, canonical_text(line.text[lang]))),
        )
        for id_, line in found
        for lang in LANGS
    )  # fmt: skip


def _quiet_line(
    conn: Connection, now: int, line: Line, playbook: str, lang: str, fixed: store.FixedLine | None
) -> QuietLine:
    made = QuietLine(playbook, line.key, lang, line.text[lang], line.is_safety)
    if fixed is None:
        return made
    known = lines.with_missing(conn, lines.read(conn, fixed.id), now, 0)
    is_approved = bool(fixed.looked_at) and not known.missing
    return replace(
        made, line_id=fixed.id, hash=fixed.hash, author_id=fixed.person_id, author=fixed.person,
        prepared_at=fixed.at, approved_at=fixed.looked_at if is_approved else 0,
        ends_at=fixed.ends_at if is_approved else 0,
    )  # fmt: skip


def _of(playbook: str, lines: tuple[Line, ...]) -> list[tuple[str, Line]]:
    return [(playbook, line) for line in lines if line.is_safety or not line.is_claim]
