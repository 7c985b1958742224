"""The rules: in order, in words, tried before they go on."""
