"""Whether there is a newer version: asked by a person, or weekly with their consent."""

from socialdesk.domain.frozen import frozen


@frozen
class CheckRelease:
    """Asks the release feed once, now; nothing is downloaded. Answer: the fields of `Seen` in
    `engine/release_feed.py`: state, at, version, page, date, summary, what."""


ReleasesCommand = CheckRelease
