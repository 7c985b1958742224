"""What the desk does: the one door (`desk.py`), its two bodies, and the work behind it.

What is asked and what is done, by subject, the same file names in each room:
`queries/` are the questions and `answers/` what answers them, on a read-only connection;
`commands/` are the orders, done by `handlers/` in one transaction of the writer, or by `errands/`
on a thread of their own where it takes long or needs a network.

What happens by itself is a part of the clockwork, put together in `inline.py`: `fetching/` brings
pages in, `insight/` understands them, `rules/` and `targets.py` have their say, `alerts/`,
`crisis/` and `notices/` tell, `sending/` takes replies out, `owning/` keeps house.

`process/` carries all this over a pipe to the window; `words/` says it to people.
"""
