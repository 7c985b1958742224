"""The workspace belongs to its people: how long words stay, what time does, ways back."""
