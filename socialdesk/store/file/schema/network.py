"""What comes from the networks: accounts, how far they were read, posts and who wrote them."""

TABLES = """
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

CREATE TABLE spend ( -- what networks that take money for each call have cost, by account and month
  account_id INTEGER NOT NULL,
  month TEXT NOT NULL, -- 2026-11, UTC
  n_calls INTEGER NOT NULL DEFAULT 0,
  micros INTEGER NOT NULL DEFAULT 0, -- millionths of a US dollar, by the network's price list
  PRIMARY KEY(account_id, month)
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
  contact_id INTEGER NOT NULL DEFAULT 0, -- the person behind it, 0 = nobody yet
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
  checksum INTEGER NOT NULL, -- CRC-32 over the words and who wrote them: damage is noticed
  expired_at INTEGER NOT NULL DEFAULT 0 -- when its words were taken out: the network's terms
);

CREATE TABLE lapse ( -- until when a network lets us keep the words of a mention; none = no limit
  mention_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL, -- whose network said so
  at INTEGER NOT NULL -- put off whenever the network confirms the words
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
CREATE INDEX lapse_due ON lapse(account_id, at); -- whose words lapse next
CREATE INDEX anchor_conversation ON anchor(conversation_id); -- when two conversations become one
CREATE INDEX coverage_hour ON coverage(hour, n_fetched); -- was anybody watching at that hour
CREATE INDEX repost_original ON repost(network, original_uri); -- count of reposts
"""
