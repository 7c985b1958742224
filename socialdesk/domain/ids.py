"""Names for our own ids, so that one kind is never passed for another. Remote ids are `str`."""

from typing import NewType

AccountId = NewType("AccountId", int)
WatchId = NewType("WatchId", int)
Cursor = NewType("Cursor", str)  # opaque: only the connector that made it reads it
