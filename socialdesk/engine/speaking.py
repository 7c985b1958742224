"""The language of the engine's own sentences: the one that the settings name.

Followed where a change of them is announced, and where an answer is words: the window may read the
settings, speak their language and ask before the engine has announced them.
"""

from socialdesk.i18n import set_language


def speak(setting: str) -> None:
    """`setting`: "system" or a code of `i18n.LANGUAGES`, as it stands in the file now."""
    set_language(None if setting == "system" else setting)
