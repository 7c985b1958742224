"""Tables in files, as people and mentions come in them."""
