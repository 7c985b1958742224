"""Mounts the practice network on a session, in the place of the real one."""

import requests

from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.content import SERVER


def mount(session: requests.Session, adapter: PracticeAdapter) -> None:
    """From now on requests to the practice server stay in this process; all others go their way.

    A trailing slash ends the host: `practice.example.org` must not be taken for ours.
    """
    session.mount(f"{SERVER}/", adapter)
