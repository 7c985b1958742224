"""Our state of the queue: decisions, labels, notes, counts, saved views, rules, macros, notices."""

TABLES = """
CREATE TABLE triage ( -- our state of each mention in the queue; no fetch of known posts touches it
  mention_id INTEGER PRIMARY KEY,
  status INTEGER NOT NULL, -- 0 new, 1 open, 2 waiting, 3 snoozed, 4 done, 5 spam
  disposition INTEGER NOT NULL DEFAULT 0, -- Disposition: 1 replied, 3 muted …
  need_at INTEGER NOT NULL, -- order "needs an answer soonest": due time moved by priority, ms
  due_at INTEGER NOT NULL DEFAULT 0, -- response target, ms
  priority INTEGER NOT NULL DEFAULT 0, -- 0 none, 1 highest … 4, by hand
  reach INTEGER NOT NULL DEFAULT -1, -- the author's followers when it came, -1 unknown
  snoozed_until INTEGER NOT NULL DEFAULT 0,
  is_woken INTEGER NOT NULL DEFAULT 0, -- a snooze ended
  assignee_id INTEGER NOT NULL DEFAULT 0,
  decided_at INTEGER NOT NULL DEFAULT 0, -- last change of status by a person or by a reply
  first_reply_at INTEGER NOT NULL DEFAULT 0,
  score INTEGER NOT NULL DEFAULT 0, -- points of the priority (insight.parts), rounded
  pinned_at INTEGER NOT NULL DEFAULT 0, -- 0 = not pinned; pinned ones stand on top
  left_ms INTEGER NOT NULL DEFAULT 0, -- of the target when its clock stopped: we wait for them
  is_alarming INTEGER NOT NULL DEFAULT 0 -- words of danger, ours or the built-in ones: on top
);

CREATE TABLE label (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE
);

CREATE TABLE mention_label (
  label_id INTEGER NOT NULL REFERENCES label(id) ON DELETE CASCADE,
  mention_id INTEGER NOT NULL,
  PRIMARY KEY(label_id, mention_id)
) WITHOUT ROWID;

CREATE TABLE note ( -- ours alone, never sent
  id INTEGER PRIMARY KEY,
  mention_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL
);

CREATE TABLE counter ( -- live counts of the views, moved in the transaction that changes them
  key TEXT PRIMARY KEY, -- "status:N", "disposition:N"
  n INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  search TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  list_order TEXT NOT NULL DEFAULT '', -- value of Order, '' = newest
  notice TEXT NOT NULL DEFAULT '' -- of new mentions in it: '' none, once, repeat (until seen)
);

CREATE TABLE rule ( -- conditions and actions, run in order over each new mention
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  is_on INTEGER NOT NULL DEFAULT 0, -- a new rule is off until its dry run was seen
  conditions TEXT NOT NULL, -- JSON, see domain/rules/rule.py
  actions TEXT NOT NULL, -- JSON
  person_id INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  off_reason TEXT NOT NULL DEFAULT '', -- why the program switched it off: failed, slow
  n_slow INTEGER NOT NULL DEFAULT 0, -- texts its expression was too slow for, since it was saved
  deleted_at INTEGER NOT NULL DEFAULT 0 -- kept, because its hits name it
);

CREATE TABLE rule_hit ( -- which rule did something to which mention; its undo is found by seq
  mention_id INTEGER NOT NULL,
  rule_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  seq INTEGER NOT NULL, -- journal entry of the act
  did TEXT NOT NULL, -- JSON: the rule's actions as they were then
  undone_at INTEGER NOT NULL DEFAULT 0, -- 0 = stands
  PRIMARY KEY(mention_id, rule_id)
) WITHOUT ROWID;

CREATE TABLE rule_trial ( -- what was tried on the stored mentions and seen, before a rule goes on
  digest TEXT PRIMARY KEY, -- SHA-256 of its conditions and actions
  at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE macro ( -- several acts in one: reply + label + status
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  steps TEXT NOT NULL, -- JSON, see domain/rules/macro.py
  position INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE job ( -- long work in slices: an act on all that match, its undo, reading anew
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  data TEXT NOT NULL, -- JSON: what to do
  state TEXT NOT NULL, -- running, done, stopped
  n_done INTEGER NOT NULL DEFAULT 0,
  n_total INTEGER NOT NULL,
  next_id INTEGER NOT NULL DEFAULT 0, -- the mention to go on with
  seq INTEGER NOT NULL DEFAULT 0, -- its act
  person_id INTEGER NOT NULL,
  at INTEGER NOT NULL
);

CREATE TABLE job_slice ( -- what a job still has to go through, some hundred rows at a time
  id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL,
  facet TEXT NOT NULL DEFAULT '', -- of an act that is turned: as act_row.table_name
  ids TEXT NOT NULL -- JSON list of mentions (of rows of the facet), ascending
);

CREATE TABLE notice ( -- what the desktop tells: due, overdue, new in a view, urgent
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  code TEXT NOT NULL, -- see engine/notices/telling.py
  facts TEXT NOT NULL, -- JSON
  mention_id INTEGER NOT NULL DEFAULT 0,
  is_urgent INTEGER NOT NULL DEFAULT 0, -- repeated until seen
  next_at INTEGER NOT NULL DEFAULT 0, -- when to tell (again); 0 = no more
  seen_at INTEGER NOT NULL DEFAULT 0
);
"""

# An index ends with the rowid by itself: naming the id again would store it twice (8 bytes a row).
INDEXES = """
-- A partial index covers only with the column of its WHERE in it (SQLite 3.40): the ids of 50,000
-- undecided take 15 ms instead of 21. The rowid comes before it, for the order.
CREATE INDEX triage_need ON triage(need_at, mention_id, status)
  WHERE status <= 1; -- Needs reply, by need
CREATE INDEX triage_undecided ON triage(mention_id, status)
  WHERE status <= 1; -- Needs reply, by time
CREATE INDEX triage_reach ON triage(reach, mention_id, status)
  WHERE status <= 1; -- Needs reply, by reach
CREATE INDEX triage_status ON triage(status); -- every other view, newest first
CREATE INDEX triage_snoozed ON triage(snoozed_until, mention_id, status)
  WHERE status = 3; -- snoozes that end
CREATE INDEX triage_due ON triage(due_at, status) WHERE status <= 1; -- overdue
CREATE INDEX triage_muted ON triage(mention_id, disposition) WHERE disposition = 3; -- Muted
CREATE INDEX mention_label_by_mention ON mention_label(mention_id, label_id); -- labels of a row
CREATE INDEX note_mention ON note(mention_id, id); -- notes of a row
CREATE INDEX triage_pinned ON triage(pinned_at, mention_id) WHERE pinned_at > 0; -- pinned ones
CREATE INDEX triage_assignee ON triage(assignee_id, mention_id)
  WHERE assignee_id > 0; -- what was handed to somebody
CREATE INDEX rule_hit_rule ON rule_hit(rule_id, at); -- what a rule did
CREATE INDEX notice_mention ON notice(mention_id, code); -- was it told already?
CREATE INDEX notice_unseen ON notice(id) WHERE seen_at = 0; -- what nobody has looked at
CREATE INDEX notice_next ON notice(next_at) WHERE next_at > 0; -- what to tell next
"""
