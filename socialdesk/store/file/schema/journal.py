"""The workspace itself: settings, who works here, the journal, undo."""

TABLES = """
CREATE TABLE setting ( -- what differs from the defaults
  key TEXT PRIMARY KEY, -- known keys: engine/settings.py
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE person ( -- who works here; a name, no sign-in
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  added_at INTEGER NOT NULL
);

CREATE TABLE journal ( -- append only, hash-chained: who did what and when; incident events too
  seq INTEGER PRIMARY KEY AUTOINCREMENT, -- 1, 2, 3 … without gaps; the last one given is remembered
  incident INTEGER,
  at INTEGER NOT NULL,
  mono_ms INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  person INTEGER, -- NULL = the program
  kind TEXT NOT NULL,
  data TEXT NOT NULL, -- canonical JSON: our ids, codes and texts, never a stranger's words
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);

CREATE TABLE command ( -- what was done under which sender's id: nothing is done twice
  id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL, -- its journal entry, 0 = none
  at INTEGER NOT NULL,
  answer TEXT NOT NULL -- JSON
) WITHOUT ROWID;

CREATE TABLE act ( -- acts that can be undone, newest last
  seq INTEGER PRIMARY KEY, -- journal entry of the act; the newest 200 of each person are kept
  person_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  undone_seq INTEGER NOT NULL DEFAULT 0, -- journal entry of its undo, 0 = stands
  is_dead INTEGER NOT NULL DEFAULT 0 -- can be redone no more: another act came after its undo
);

CREATE TABLE act_row ( -- what an act changed: packed JSON before and after, per row
  seq INTEGER NOT NULL REFERENCES act(seq) ON DELETE CASCADE,
  table_name TEXT NOT NULL, -- facet: table and group of columns, see store/mentions/facets.py
  row_id INTEGER NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY(seq, table_name, row_id, before)
) WITHOUT ROWID;
"""

# An index ends with the rowid by itself: naming the id again would store it twice (8 bytes a row).
INDEXES = """
CREATE INDEX act_person ON act(person_id, seq); -- undo, redo
CREATE INDEX journal_kind ON journal(kind, seq); -- log of one kind
CREATE INDEX journal_incident ON journal(incident, seq)
  WHERE incident IS NOT NULL; -- log of an incident
"""
