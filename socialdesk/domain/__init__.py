"""Plain values and rules. Standard library only; no I/O, no clock, no logging.

2026-11: `length.py` may import `regex` (grapheme clusters, UAX #29), inside its one function.
Why: the window counts a reply's length at every key, it may not import a network, and the
standard library has no grapheme segmentation. Cost: 30 ms at the first composer, none at start.
"""
