"""The reply under a mention: words, template, counter, its fate, and taking it back."""
