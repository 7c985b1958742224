"""Names for our own ids, so that one kind is never passed for another. Remote ids are `str`."""

from typing import NewType

MentionId = NewType("MentionId", int)  # second << 20 | n, see `mention.mention_id`
AccountId = NewType("AccountId", int)
WatchId = NewType("WatchId", int)
AuthorId = NewType("AuthorId", int)
PersonId = NewType("PersonId", int)
TemplateId = NewType("TemplateId", int)
VersionId = NewType("VersionId", int)  # one immutable version of a template
OutboxId = NewType("OutboxId", int)
ConversationId = NewType("ConversationId", int)
Cursor = NewType("Cursor", str)  # opaque: only the connector that made it reads it
