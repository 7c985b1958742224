"""People across networks, as we know them."""

TABLES = """
CREATE TABLE contact ( -- the person behind one or several authors
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  org TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT '', -- preferred: a network's key, email, phone, '' = not told
  made_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  merged_into INTEGER NOT NULL DEFAULT 0, -- another contact; 0 = stands for itself
  crm_url TEXT NOT NULL DEFAULT '',
  folded TEXT NOT NULL DEFAULT '' -- name and organisation in folded letters: order and search
);

CREATE TABLE contact_field ( -- email, phone, address, url, birthday … as many as there are
  contact_id INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY(contact_id, kind, value)
) WITHOUT ROWID;

CREATE TABLE contact_label (
  label_id INTEGER NOT NULL REFERENCES label(id) ON DELETE CASCADE,
  contact_id INTEGER NOT NULL,
  PRIMARY KEY(label_id, contact_id)
) WITHOUT ROWID;

CREATE TABLE contact_note ( -- ours alone, never sent
  id INTEGER PRIMARY KEY,
  contact_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL
);

CREATE TABLE contact_merge ( -- nothing moves: contact.merged_into says what belongs to whom now
  id INTEGER PRIMARY KEY,
  into_id INTEGER NOT NULL,
  from_id INTEGER NOT NULL,
  why TEXT NOT NULL DEFAULT '', -- code of the suggestion, '' = by hand
  at INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  ended_at INTEGER NOT NULL DEFAULT 0 -- unmerged
);

CREATE TABLE contact_apart ( -- suggested as one person, and somebody said that they are not
  id INTEGER PRIMARY KEY,
  one TEXT NOT NULL, -- c<contact> or a<author>, as they were then
  other TEXT NOT NULL,
  at INTEGER NOT NULL,
  person_id INTEGER NOT NULL
);

CREATE TABLE erased ( -- posts of erased people: never stored again; nobody can be read from it
  digest TEXT PRIMARY KEY, -- salted SHA-256 of network and author or uri
  at INTEGER NOT NULL,
  n_met INTEGER NOT NULL DEFAULT 0 -- posts that came later and were not stored
) WITHOUT ROWID;
"""

# An index ends with the rowid by itself: naming the id again would store it twice (8 bytes a row).
INDEXES = """
CREATE INDEX author_contact ON author(contact_id) WHERE contact_id > 0; -- who is this person
-- merged_into in it: see triage_need
CREATE INDEX contact_folded ON contact(folded, merged_into)
  WHERE merged_into = 0; -- list of people
CREATE INDEX contact_merged ON contact(merged_into) WHERE merged_into > 0; -- who belongs to them
CREATE INDEX contact_merge_from ON contact_merge(from_id); -- the merge that took them in
CREATE INDEX contact_field_value ON contact_field(value, kind); -- is this address known?
CREATE INDEX contact_label_contact ON contact_label(contact_id, label_id); -- labels of a person
CREATE INDEX contact_note_contact ON contact_note(contact_id, id); -- notes of a person
"""
