"""Where the YouTube Data API v3 has what we ask for. No end of this version is announced."""

from typing import Final

_BASE: Final = "https://youtube.googleapis.com/youtube/v3"

CHANNELS: Final = f"{_BASE}/channels"
COMMENTS: Final = f"{_BASE}/comments"
SEARCH: Final = f"{_BASE}/search"
THREADS: Final = f"{_BASE}/commentThreads"
VIDEOS: Final = f"{_BASE}/videos"
