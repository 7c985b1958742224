"""What SocialDesk promises, numbered for good: the rows that tests are held against.

Each row's tests bear `@pytest.mark.promise(N)`; what a run tried and what failed is counted by
`tests/promises/plugin.py` and printed by `make soak`.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Promise:
    """One row. `is_nightly`: its full size needs `make soak`; a smaller one may run with `make
    test`. `beyond`: what cannot be tried on a developer's machine, "" where all of it is."""

    number: int
    text: str
    is_nightly: bool = False
    beyond: str = ""


PROMISES: Final = (
    Promise(1, "No mention is lost when the program is killed while it stores", is_nightly=True),
    Promise(2, "No reply goes out twice unless a person decides", is_nightly=True),
    Promise(3, "Nothing unapproved leaves under a crisis lock", is_nightly=True),
    Promise(4, "A power cut costs nothing that was confirmed", is_nightly=True),
    Promise(5, "A full disk is survived", is_nightly=True),
    Promise(6, "Damage to the file is noticed", is_nightly=True),
    Promise(
        7,
        "The program always starts",
        is_nightly=True,
        beyond="A damaged file is not opened for reading only: restored, salvaged or begun anew.",
    ),
    Promise(8, "Backups restore"),
    Promise(9, "A migration is all or nothing", is_nightly=True),
    Promise(10, "One writer, one window, one engine", is_nightly=True),
    Promise(11, "Clock jumps harm nothing"),
    Promise(12, "Sleep and waking harm nothing"),
    Promise(13, "Tokens lie in the keyring and nowhere else"),
    Promise(14, "A keyring that is locked, missing, slow or changed harms nothing"),
    Promise(15, "Large tokens fit a small keyring"),
    Promise(16, "Memory and dumps give no token away"),
    Promise(17, "Signing in follows RFC 8252 and 9700"),
    Promise(18, "Only the rights that are needed are asked for"),
    Promise(19, "TLS is never weakened"),
    Promise(20, "Malformed answers of a network harm nothing", is_nightly=True),
    Promise(21, "Malformed feeds harm nothing", is_nightly=True),
    Promise(22, "Storms of 429 and 5xx are sat out"),
    Promise(23, "Drops of the network lose and double nothing", is_nightly=True),
    Promise(24, "Hostile HTML and SVG reach nothing"),
    Promise(25, "Hostile text is shown as text, in time"),
    Promise(26, "Hostile pictures are refused or shown still"),
    Promise(27, "Only links to the web and to mail open, the host shown first"),
    Promise(28, "Names of files cannot leave the media folder"),
    Promise(29, "An address of a feed cannot reach inside"),
    Promise(30, "Templates run no code", is_nightly=True),
    Promise(31, "Search strings are only searched for"),
    Promise(32, "Patterns in rules cannot hang it"),
    Promise(33, "Imports are all or nothing", is_nightly=True),
    Promise(34, "Exports attack no spreadsheet"),
    Promise(35, "A person who was erased is gone"),
    Promise(36, "A person's data can be handed out"),
    Promise(37, "Words are kept no longer than was set"),
    Promise(38, "What is deleted at the source is gone here"),
    Promise(39, "Logs are safe and useful"),
    Promise(40, "Changes to the journal are found"),
    Promise(41, "Files are for their owner only"),
    Promise(42, "Nothing phones home"),
    Promise(
        43,
        "No part with a known hole is shipped",
        is_nightly=True,
        beyond="Known holes are asked of a public database: `make audit`, with a network.",
    ),
    Promise(44, "What is shipped is what was built", is_nightly=True),
    Promise(45, "The installer works where Python is not", is_nightly=True),
    Promise(46, "The window stays alive for a working day", is_nightly=True),
    Promise(47, "Drafts survive", is_nightly=True),
    Promise(48, "Removing the program leaves what was promised", is_nightly=True),
)
