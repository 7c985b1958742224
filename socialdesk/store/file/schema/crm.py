"""What goes to a CRM and what it knows: cases made of mentions, and records of people."""

TABLES = """
CREATE TABLE crm_case ( -- a case or task made of a mention; pushed once, by its key
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL, -- the CRM
  mention_id INTEGER NOT NULL,
  key TEXT NOT NULL UNIQUE, -- our id of it, fixed before the first try
  kind TEXT NOT NULL, -- case, task
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  person_remote_id TEXT NOT NULL DEFAULT '', -- the CRM's record it belongs to
  state TEXT NOT NULL, -- queued, sending, sent, failed, uncertain, discarded
  reason TEXT NOT NULL DEFAULT '', -- as in outbox
  detail TEXT NOT NULL DEFAULT '',
  n_tries INTEGER NOT NULL DEFAULT 0,
  n_looks INTEGER NOT NULL DEFAULT 0,
  first_tried_at INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0,
  remote_id TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  remote_state TEXT NOT NULL DEFAULT '', -- in the CRM's own words
  checked_at INTEGER NOT NULL DEFAULT 0, -- when the CRM last told its state
  person_id INTEGER NOT NULL, -- who made it
  made_at INTEGER NOT NULL
);

CREATE TABLE crm_record ( -- what a CRM showed of an author when somebody last looked
  author_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL, -- the CRM
  remote_id TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL DEFAULT '',
  facts TEXT NOT NULL DEFAULT '', -- JSON list of [label, value], '' = none
  is_chosen INTEGER NOT NULL DEFAULT 0, -- a person said that this is them
  looked_at INTEGER NOT NULL,
  PRIMARY KEY(author_id, account_id, remote_id)
) WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX crm_case_of_mention ON crm_case(mention_id); -- what was made of it
CREATE INDEX crm_case_due ON crm_case(next_at)
  WHERE state IN ('queued', 'sending', 'uncertain'); -- what to do next
"""
