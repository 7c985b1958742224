"""The lists a person works through: rows, badges, search, saved views, one mention in detail."""
