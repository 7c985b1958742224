"""The queue file: one SQLite file per workspace, one writer, many readers.

2026-11, facts apart from state: `mention` and its versions hold what networks said; `triage`,
labels, notes hold what we decided, so a page fetched again never undoes a decision. Cost: one join
per row shown.
2026-11, the full-text index is contentless: its words are split for CJK before indexing, so they
are not the stored text, and a view with a Python function is refused under `trusted_schema = off`.
Cost: the writer itself sends the old words when a row changes.
2026-11, enums are stored as small integers or short codes; the view `queue_in_words` spells them
out for people who open the file with another tool.
2026-11, the index's rowids are the mention ids, so that "newest first" needs no sort, also after a
backfill. Cost, measured: ids lie a second (2 to the 20) apart, 4 bytes a word where 1 would do:
some 100 bytes a mention.
2026-11, a conversation is a number on the mention, not a row: `anchor` knows the number of posts we
only heard of. Cost: two conversations that turn out to be one are renumbered.
"""
