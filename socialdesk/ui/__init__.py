"""The window: Qt Widgets over one `Desk`; no thread is started here and no network is spoken.

One folder a screen, each an entry of `rooms.py` and made in `room_screens.py`; keys and their words
are in `window_acts.py` and `inbox/acts.py`. What stands in the window knows it as a `shell.py`
Shell. Waiting for an answer is `tasks.py`, news of the desk `bridge.py` (both by way of
`arrivals.py`, which alone other threads may touch), and a stranger's words reach a widget through
`plain.py` alone.
"""
