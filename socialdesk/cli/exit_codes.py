"""What the command line's exit code tells the program that called it."""

from typing import Final

OK: Final = 0
REFUSED: Final = 1  # refused, not found, or not well; nothing was changed
USAGE: Final = 2  # wrong words
NETWORK: Final = 3  # a network did not answer (yet)
KEYRING: Final = 4
FILE: Final = 5
UNSURE: Final = 6  # the engine ended, or could not say: it may be done
STOPPED: Final = 130  # Ctrl+C
