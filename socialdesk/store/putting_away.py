"""Somebody leaves the team: put away, and brought back.

What they did keeps their name. What waits for them is nobody's again, so that the others see it;
with a role in an open incident they stay until another has it. Journal: person_put_away,
person_brought_back; each task that is nobody's now stands in the log of its incident.
"""

from typing import Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.people.duty import DutyRow
from socialdesk.store import journal, people, pin_tries, settings
from socialdesk.store.crisis import incident_tasks, incidents
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.triage import acts, triage

_OVER: Final = (Status.DONE.value, Status.SPAM.value)
_MENTIONS: Final = (
    "FROM triage WHERE assignee_id = ?1 AND assignee_id > 0 "
    f"AND status NOT IN ({', '.join(map(str, _OVER))})"
)
_TASKS: Final = "FROM task WHERE owner_id = ?1 AND done_at = 0"
_RULES: Final = (
    "FROM rule r WHERE r.deleted_at = 0 AND json_valid(r.actions) AND EXISTS (SELECT 1 FROM "
    "json_each(r.actions) a WHERE json_extract(a.value, '$.do') = 'assign' "
    "AND json_extract(a.value, '$.value') = ?1)"
)
_MACROS: Final = (
    "FROM macro m WHERE json_valid(m.steps) AND EXISTS (SELECT 1 FROM json_each(m.steps) s "
    "WHERE json_extract(s.value, '$[0]') = 'assign' AND json_extract(s.value, '$[2]') = ?1)"
)


def duties(conn: Connection, person: int) -> DutyRow:
    """What waits for them."""
    n_mentions, n_tasks, n_rules, n_macros = (
        int(conn.execute(f"SELECT count(*) {sql}", (person,)).fetchone()[0])
        for sql in (_MENTIONS, _TASKS, _RULES, _MACROS)
    )
    led = [i.code for i in incidents.open_incidents(conn) if person in i.roles.values()]
    return DutyRow(
        n_mentions, n_tasks, n_rules, n_macros, next(iter(led), ""), pin_tries.is_set(conn, person)
    )


def require_free(conn: Connection, person: int) -> None:
    """Whether they can go. Raises CommandError NOT_FOUND, PERSON (away, last, here, role)."""
    people.require_at_work(conn, person)
    name = people.name_of(conn, person)
    if str(person) == settings.read(conn, "here", "1"):
        is_last = len(people.list_people(conn)) == 1
        raise CommandError(CommandFault.PERSON, why="last" if is_last else "here", name=name)
    if code := duties(conn, person).incident:
        raise CommandError(CommandFault.PERSON, why="role", name=name, code=code)


def put_away(tx: Transaction, person: int, by: int) -> int:
    """The journal entry. Raises CommandError as `require_free`."""
    require_free(tx.conn, person)
    found = tx.conn.execute(f"SELECT mention_id {_MENTIONS} ORDER BY 1", (person,)).fetchall()
    mentions = [mention for (mention,) in found]
    if mentions:
        triage.assign(tx, None, mentions, 0)
    tasks = tx.conn.execute(
        f"SELECT id, incident_id, text, due_at {_TASKS} ORDER BY 1", (person,)
    ).fetchall()
    for task, incident, text, due_at in tasks:
        incident_tasks.save(
            tx, incident, task, text=text, owner=0, due_at=due_at, is_done=False, person=by
        )
    people.keep_put_away(tx, people.put_away_ids(tx.conn) | {person})
    facts = {"person": person, "name": people.name_of(tx.conn, person), **acts.named(mentions),
             "tasks": [task for task, *_ in tasks]}  # fmt: skip
    return journal.append(tx, "person_put_away", facts, person=by)


def bring_back(tx: Transaction, person: int, by: int) -> int:
    """The journal entry. Raises CommandError NOT_FOUND: nobody of that number is put away."""
    gone = people.put_away_ids(tx.conn)
    if person not in gone:
        raise CommandError(CommandFault.NOT_FOUND)
    people.keep_put_away(tx, gone - {person})
    facts = {"person": person, "name": people.name_of(tx.conn, person)}
    return journal.append(tx, "person_brought_back", facts, person=by)
