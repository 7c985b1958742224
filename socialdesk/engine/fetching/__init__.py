"""From the networks into the queue: which watch is due, its pages, and later looks."""
