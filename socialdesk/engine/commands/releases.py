"""Whether there is a newer version: asked by a person, or weekly with their consent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckRelease:
    """Asks the release feed once, now; nothing is downloaded. Answer: the fields of `Seen` in
    `engine/release_feed.py`: state, at, version, page, date, summary, what."""


ReleasesCommand = CheckRelease
