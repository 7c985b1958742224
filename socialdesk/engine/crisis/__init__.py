"""What an incident does by itself and on errands: gathering, PINs, promises, statement drafts."""
