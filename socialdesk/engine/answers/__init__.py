"""What answers each question: store functions on a read-only connection, by subject."""
