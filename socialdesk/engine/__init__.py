"""What the desk does: the one door (`desk.py`), its two bodies, and the work behind it.

A command lies in `commands/` (a file per room), a question in `queries/`. One transaction does it
in `handlers/`, or an errand (`errands.py` and the parts it names) does what is long or networked.
What is done with every page is `intake.py`: understood (`analyst.py`, `understanding.py`), timed
(`targets.py`), ruled (`rules.py`), told (`notices.py`). What happens by itself is a part of the
clockwork, put together in `inline.py`: `sender.py`, `poller.py`, `bulk.py`, `promises.py`,
`learning.py`, `upkeep.py`. Reports are in `reports/`, people's files in `contact_files/`.
"""
