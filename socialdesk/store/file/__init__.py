"""The workspace file itself: its connections, its one writer, its schema and how that grows."""
