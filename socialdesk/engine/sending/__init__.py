"""From the outbox to the networks: claim, send, settle, and the pictures that go along."""
