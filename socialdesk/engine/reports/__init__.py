"""Reports and the board: counted from the file (`counting`, `board`), put into words where they are
read (`sections`, `definitions`), and written as files (`html`, `csv`, `printing`, `weekly`).

2026-11: a report is counted in the engine process, by a command that changes nothing. Business
hours and topics are Python work, and no thread of the window may be busy in Python (house style,
section 1). What travels are figures, not sentences: the window says them in its own language. The
board is small enough for one question on a reader thread.
"""
