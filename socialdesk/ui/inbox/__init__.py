"""The inbox screen: views, the list of a million cards, the thread, the person behind it."""
