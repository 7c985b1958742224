"""Commands that take long: on threads of their own, beside the writer."""
