"""Answering: templates, approvals, drafts, replies on their way, promises, known questions."""

TABLES = """
CREATE TABLE template (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  folder TEXT NOT NULL DEFAULT '',
  is_archived INTEGER NOT NULL DEFAULT 0,
  added_at INTEGER NOT NULL,
  n_uses INTEGER NOT NULL DEFAULT 0,
  is_light INTEGER NOT NULL DEFAULT 0 -- light tone: locked in a crisis that is no laughing matter
);

CREATE TABLE template_version ( -- immutable: editing makes a new one
  id INTEGER PRIMARY KEY,
  template_id INTEGER NOT NULL REFERENCES template(id),
  n INTEGER NOT NULL, -- per template and language, from 1
  lang TEXT NOT NULL,
  body TEXT NOT NULL,
  person_id INTEGER NOT NULL, -- who wrote it
  at INTEGER NOT NULL,
  hash TEXT NOT NULL, -- approval hash, kind "template", slots unfilled
  UNIQUE(template_id, lang, n)
);

CREATE TABLE approval ( -- append only
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL, -- template, reply, statement, line, silence
  subject_id INTEGER NOT NULL,
  hash TEXT NOT NULL,
  person_id INTEGER NOT NULL,
  kind TEXT NOT NULL, -- person_here, person_away, self_cooldown, self
  how TEXT NOT NULL DEFAULT '',
  answers TEXT NOT NULL DEFAULT '{}', -- JSON
  at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL DEFAULT 0 -- 0 = does not end by time
);

CREATE TABLE approval_end ( -- append only: why an approval counts no more
  approval_id INTEGER NOT NULL REFERENCES approval(id),
  at INTEGER NOT NULL,
  why TEXT NOT NULL
);

CREATE TABLE draft ( -- saved a second after the last key
  mention_id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  version_id INTEGER NOT NULL DEFAULT 0,
  slot_values TEXT NOT NULL DEFAULT '[]', -- JSON list of [slot, value]
  lang TEXT NOT NULL DEFAULT '',
  person_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  plan TEXT NOT NULL DEFAULT '{}' -- JSON, see domain/replies/plan.py: attachments, time, promise …
);

CREATE TABLE outbox ( -- replies and statements on their way; a row is never deleted
  id INTEGER PRIMARY KEY,
  mention_id INTEGER NOT NULL, -- what it answers; 0 = a post of our own
  account_id INTEGER NOT NULL,
  state TEXT NOT NULL, -- approval, held, queued, sending, sent, failed, uncertain, taken_back …
  text TEXT NOT NULL,
  lang TEXT NOT NULL DEFAULT '',
  visibility TEXT NOT NULL DEFAULT 'public',
  warning TEXT NOT NULL DEFAULT '',
  hash TEXT NOT NULL, -- approval hash of the exact text, kind "reply"
  version_id INTEGER NOT NULL DEFAULT 0, -- template version, 0 = free text
  slot_values TEXT NOT NULL DEFAULT '[]',
  person_id INTEGER NOT NULL, -- who wrote it
  made_at INTEGER NOT NULL, -- fixed before the first try
  dedupe_key TEXT NOT NULL UNIQUE, -- fixed before the first try
  hold_reason TEXT NOT NULL DEFAULT '', -- undo, scheduled, crisis, restored, ask
  hold_incident INTEGER,
  held_at INTEGER NOT NULL DEFAULT 0,
  held_until INTEGER NOT NULL DEFAULT 0, -- 0 = until a person decides; scheduled: its time
  decision TEXT NOT NULL DEFAULT '', -- keep, change, discard
  claim_seq INTEGER NOT NULL DEFAULT 0, -- journal entry of the claim that set it to sending
  first_try_at INTEGER NOT NULL DEFAULT 0,
  n_tries INTEGER NOT NULL DEFAULT 0,
  n_looks INTEGER NOT NULL DEFAULT 0, -- read-backs since the last doubtful try
  next_at INTEGER NOT NULL DEFAULT 0, -- next try or look
  reason TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  remote_id TEXT NOT NULL DEFAULT '',
  uri TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  sent_at INTEGER NOT NULL DEFAULT 0,
  seen_public_at INTEGER NOT NULL DEFAULT 0,
  checksum INTEGER NOT NULL, -- CRC-32 over text, mention, account and key
  is_dropped_if_written INTEGER NOT NULL DEFAULT 0, -- scheduled: not sent when they write first
  attachments TEXT NOT NULL DEFAULT '', -- JSON list of [file in media/, MIME type, alt], '' = none
  media TEXT NOT NULL DEFAULT '', -- JSON list: what the network called each uploaded attachment
  more_versions TEXT NOT NULL DEFAULT '', -- JSON list of further template versions in the text
  n_edited INTEGER NOT NULL DEFAULT -1, -- characters changed from the template, -1 = no template
  began_version INTEGER NOT NULL DEFAULT 0, -- template version it was begun with, 0 = none
  line TEXT NOT NULL DEFAULT '', -- "playbook/key" of the approved line it is, '' = none
  facts TEXT NOT NULL DEFAULT '', -- JSON list of fact_item ids a line with a claim leans on
  statement_version_id INTEGER NOT NULL DEFAULT 0, -- the statement it publishes, 0 = none
  incident_id INTEGER NOT NULL DEFAULT 0 -- the incident it was written in, 0 = none
);

CREATE TABLE promise ( -- "we will tell you by 15:00": comes back to the queue when due
  id INTEGER PRIMARY KEY,
  mention_id INTEGER NOT NULL,
  outbox_id INTEGER NOT NULL DEFAULT 0, -- the reply that promised, 0 = typed by hand
  due_at INTEGER NOT NULL,
  words TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL, -- planned (its reply has not left), open, late, kept, dropped
  person_id INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL DEFAULT 0,
  n_told INTEGER NOT NULL DEFAULT 0 -- 1 told before it was due, 2 when it was, 3 when it was late
);

CREATE TABLE faq ( -- questions we know the answer to
  id INTEGER PRIMARY KEY,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  lang TEXT NOT NULL,
  folder TEXT NOT NULL DEFAULT '',
  person_id INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  n_uses INTEGER NOT NULL DEFAULT 0,
  is_archived INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE faq_gap ( -- a question nobody has written an answer to
  id INTEGER PRIMARY KEY,
  mention_id INTEGER NOT NULL UNIQUE,
  words TEXT NOT NULL, -- as the operator searched or marked it
  at INTEGER NOT NULL,
  faq_id INTEGER NOT NULL DEFAULT 0 -- the entry that closed it, 0 = open
);
"""

# An index ends with the rowid by itself: naming the id again would store it twice (8 bytes a row).
INDEXES = """
CREATE INDEX outbox_mention ON outbox(mention_id, id); -- replies to a row
CREATE INDEX outbox_open ON outbox(state, next_at)
  WHERE state NOT IN ('sent', 'taken_back', 'discarded'); -- what the sender does next
CREATE INDEX outbox_newest ON outbox(id)
  WHERE state NOT IN ('sent', 'taken_back', 'discarded'); -- Outbox and For approval, newest first
CREATE INDEX outbox_account ON outbox(account_id, sent_at); -- own posts by account
CREATE INDEX outbox_sent ON outbox(sent_at) WHERE state = 'sent'; -- replies of a period
CREATE INDEX outbox_by_hand ON outbox(sent_at)
  WHERE state = 'sent' AND reason = 'by_hand'; -- answered, but when is not known
CREATE INDEX template_version_template ON template_version(template_id, lang, n); -- newest versions
CREATE INDEX approval_subject ON approval(subject, subject_id); -- is it approved?
CREATE INDEX promise_due ON promise(due_at) WHERE state = 'open'; -- promises that come due
CREATE INDEX promise_mention ON promise(mention_id); -- promises of a row
"""
