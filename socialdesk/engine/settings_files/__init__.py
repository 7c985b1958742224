"""A set-up as a file that another workspace takes in; no secret is in it."""
