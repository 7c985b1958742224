"""The first steps of a new workspace: six of them, each of which can be skipped and taken up again.

2026-11: a screen beside the others, no wizard over the window. Mentions go on arriving behind it,
every key goes on working, and who looks elsewhere meanwhile loses nothing: the place is kept in
the settings, and one line reminds of it.
"""
