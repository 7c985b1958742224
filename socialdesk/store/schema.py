"""The newest schema, as SQL with its comments: SQLite keeps them, the schema page is made of them.

All times are integer milliseconds UTC; 0 or NULL = none, as the column says. Ids are integers.
"""

APPLICATION_ID = 0x53444B31  # "SDK1": tells our files from other SQLite files
VERSION = 1  # user_version; a higher one is refused untouched

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

CREATE TABLE account ( -- one connection to a network; its secret is in the system keyring
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL, -- key of the connector
  name TEXT NOT NULL, -- "@shop@server" or the feed's title
  server TEXT NOT NULL DEFAULT '',
  own_remote_id TEXT NOT NULL DEFAULT '', -- our author on that network
  settings TEXT NOT NULL DEFAULT '{}', -- JSON: what the connector needs beside the secret
  card TEXT NOT NULL DEFAULT '{}', -- JSON: capability record
  state TEXT NOT NULL DEFAULT 'on', -- on, paused, sign_in, stopped
  fault TEXT NOT NULL DEFAULT '', -- class of the error that stopped it
  detail TEXT NOT NULL DEFAULT '',
  added_at INTEGER NOT NULL
);

CREATE TABLE watch ( -- what an account fetches, and how far it has been read
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, -- mentions, hashtag, keyword, feed
  query TEXT NOT NULL DEFAULT '',
  brand_words TEXT NOT NULL DEFAULT '',
  cursor TEXT, -- opaque; written in the transaction of the page it follows
  since INTEGER NOT NULL, -- backfill: how far back, ms
  added_at INTEGER NOT NULL, -- what was published before is filed as done
  is_on INTEGER NOT NULL DEFAULT 1,
  last_ok_at INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0,
  n_failures INTEGER NOT NULL DEFAULT 0, -- in a row
  fault TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  UNIQUE(account_id, kind, query)
);

CREATE TABLE coverage ( -- per account and hour: what was tried; no row = not running
  account_id INTEGER NOT NULL,
  hour INTEGER NOT NULL, -- start of the hour, ms
  n_fetched INTEGER NOT NULL DEFAULT 0, -- fetches that worked
  n_failed INTEGER NOT NULL DEFAULT 0,
  n_limited INTEGER NOT NULL DEFAULT 0, -- refused by a rate limit
  n_mentions INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(account_id, hour)
) WITHOUT ROWID;

CREATE TABLE reject ( -- malformed items set aside, nothing thrown away
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  watch_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  digest TEXT NOT NULL, -- SHA-256 of raw: the same item is set aside once
  raw BLOB NOT NULL, -- zlib
  UNIQUE(watch_id, digest)
);

CREATE TABLE author ( -- a person on one network
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  remote_id TEXT NOT NULL, -- lasting name there (DID, address, id)
  handle TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  avatar_url TEXT NOT NULL DEFAULT '',
  n_followers INTEGER, -- NULL = the network did not say
  is_bot INTEGER NOT NULL DEFAULT 0,
  first_seen_at INTEGER NOT NULL,
  muted_at INTEGER NOT NULL DEFAULT 0, -- ours: 0 = not muted
  is_vip INTEGER NOT NULL DEFAULT 0, -- ours
  UNIQUE(network, remote_id)
);

CREATE TABLE anchor ( -- conversations of posts we heard of (as parent or root) but have not seen
  network TEXT NOT NULL,
  uri TEXT NOT NULL,
  conversation_id INTEGER NOT NULL, -- as in mention
  PRIMARY KEY(network, uri)
) WITHOUT ROWID;

CREATE TABLE mention ( -- facts from a network; our own posts and context posts lie here too
  id INTEGER PRIMARY KEY, -- second << 20 | n; second = earlier of published, first seen
  network TEXT NOT NULL,
  uri TEXT NOT NULL, -- the same on every server that knows the post
  account_id INTEGER NOT NULL, -- which of our accounts met it first
  remote_id TEXT NOT NULL, -- what that account's server calls it
  author_id INTEGER NOT NULL REFERENCES author(id),
  conversation_id INTEGER NOT NULL, -- posts that hang together ("thread" on screen) share a number
  role INTEGER NOT NULL, -- 0 in the queue, 1 our own post, 2 context only
  kind INTEGER NOT NULL, -- 1 mention, 2 reply, 3 post, 4 comment, 5 review, 6 article, 7 context
  title TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL, -- plain text as shown
  warning TEXT NOT NULL DEFAULT '',
  lang TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '', -- '' = same as uri
  parent_uri TEXT NOT NULL DEFAULT '',
  visibility TEXT NOT NULL DEFAULT 'public',
  published_at INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  edited_at INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER NOT NULL DEFAULT 0, -- when we learned that it is gone on the network
  checked_at INTEGER NOT NULL DEFAULT 0, -- last looked at again
  n_reposts INTEGER NOT NULL DEFAULT 0,
  n_stars INTEGER NOT NULL DEFAULT 0, -- 0 = no stars
  can_reply TEXT NOT NULL DEFAULT 'api', -- api, browser, no
  reply_note TEXT NOT NULL DEFAULT '',
  attachments TEXT NOT NULL DEFAULT '', -- JSON list of [url, kind, alt], '' = none
  checksum INTEGER NOT NULL -- CRC-32 over the words and who wrote them: damage is noticed
);

CREATE TABLE mention_watch ( -- which watches met it: one mention, however many
  watch_id INTEGER NOT NULL,
  mention_id INTEGER NOT NULL,
  PRIMARY KEY(watch_id, mention_id)
) WITHOUT ROWID;

CREATE TABLE repost ( -- reposts fold into a count on the original
  network TEXT NOT NULL,
  uri TEXT NOT NULL,
  original_uri TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY(network, uri)
) WITHOUT ROWID;

CREATE TABLE mention_version ( -- the words before each edit, oldest first
  mention_id INTEGER NOT NULL,
  n INTEGER NOT NULL, -- 1 = the words first seen
  seen_at INTEGER NOT NULL, -- until when these words stood, as we saw it
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  warning TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  PRIMARY KEY(mention_id, n)
) WITHOUT ROWID;

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
  first_reply_at INTEGER NOT NULL DEFAULT 0
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

CREATE TABLE template (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  folder TEXT NOT NULL DEFAULT '',
  is_archived INTEGER NOT NULL DEFAULT 0,
  added_at INTEGER NOT NULL,
  n_uses INTEGER NOT NULL DEFAULT 0
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
  subject TEXT NOT NULL, -- template, reply, statement
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
  at INTEGER NOT NULL
);

CREATE TABLE outbox ( -- replies on their way; a row is never deleted
  id INTEGER PRIMARY KEY,
  mention_id INTEGER NOT NULL,
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
  held_until INTEGER NOT NULL DEFAULT 0, -- 0 = until a person decides
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
  checksum INTEGER NOT NULL -- CRC-32 over text, mention, account and key
);

CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  search TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0
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
  table_name TEXT NOT NULL, -- facet: table and group of columns, see store/facets.py
  row_id INTEGER NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY(seq, table_name, row_id, before)
) WITHOUT ROWID;
"""

# contentless: see the package docstring; detail=full for phrases; no prefix index (+150 B a row);
# no column sizes: only a ranking needs them, and we order by rowid (-18 B a row)
SEARCH = """
CREATE VIRTUAL TABLE mention_search USING fts5(
  body, author, ours, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2"
);
"""

# An index ends with the rowid by itself: naming the id again would store it twice (8 bytes a row).
INDEXES = """
CREATE UNIQUE INDEX mention_uri ON mention(network, uri); -- is this post known?
CREATE INDEX mention_remote ON mention(account_id, remote_id); -- re-check, read-back
CREATE INDEX mention_author ON mention(author_id); -- a person's history; from:
CREATE INDEX mention_conversation ON mention(conversation_id); -- the thread
CREATE INDEX anchor_conversation ON anchor(conversation_id); -- when two conversations become one
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
CREATE INDEX outbox_mention ON outbox(mention_id, id); -- replies to a row
CREATE INDEX outbox_open ON outbox(state, next_at)
  WHERE state NOT IN ('sent', 'taken_back', 'discarded'); -- what the sender does next
CREATE INDEX outbox_newest ON outbox(id)
  WHERE state NOT IN ('sent', 'taken_back', 'discarded'); -- Outbox and For approval, newest first
CREATE INDEX outbox_account ON outbox(account_id, sent_at); -- own posts by account
CREATE INDEX repost_original ON repost(network, original_uri); -- count of reposts
CREATE INDEX template_version_template ON template_version(template_id, lang, n); -- newest versions
CREATE INDEX approval_subject ON approval(subject, subject_id); -- is it approved?
CREATE INDEX act_person ON act(person_id, seq); -- undo, redo
CREATE INDEX journal_kind ON journal(kind, seq); -- log of one kind
CREATE INDEX journal_incident ON journal(incident, seq)
  WHERE incident IS NOT NULL; -- log of an incident
"""

GUARDS = "\n".join(
    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END;"
    for table in ("journal", "approval", "approval_end")
    for act in ("UPDATE", "DELETE")
)

VIEWS = """
CREATE VIEW queue_in_words AS -- for people with another SQLite tool
SELECT m.id, m.network, a.name AS author, a.handle, m.body, m.url,
  datetime(m.published_at / 1000, 'unixepoch') AS published_utc,
  CASE t.status WHEN 0 THEN 'new' WHEN 1 THEN 'open' WHEN 2 THEN 'waiting' WHEN 3 THEN 'snoozed'
    WHEN 4 THEN 'done' ELSE 'spam' END AS status
FROM triage t JOIN mention m ON m.id = t.mention_id JOIN author a ON a.id = m.author_id;
"""
