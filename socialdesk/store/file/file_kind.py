"""What tells our files from others: two numbers that every opening compares.

Apart from the schema: a reader needs no word of the SQL that made its file.
"""

from typing import Final

APPLICATION_ID: Final = 0x53444B31  # "SDK1": tells our files from other SQLite files
VERSION: Final = 4  # user_version; a higher one is refused untouched
