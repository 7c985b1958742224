"""The command line: the same Desk as the window, without Qt. The one layer that prints."""
