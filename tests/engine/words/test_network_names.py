"""Every network is called the same, in lists, reports and commands."""

import pytest

from socialdesk.engine.words.network_names import NAMES, network_name
from socialdesk.networks import registry
from socialdesk.ui.network_names import ICONS
from socialdesk.ui.words import network_label

OF_OURS = {"feeds": "Feed", "imap": "Mailbox", "import": "File"}


@pytest.mark.parametrize("key", registry.KEYS)
def test_it_has_a_name_and_an_icon(key: str) -> None:
    assert network_name(key) == OF_OURS.get(key) or NAMES[key]
    assert network_label(key) == network_name(key)
    assert key in ICONS


def test_a_strangers_key_is_shown_as_it_is() -> None:
    assert network_name("pond") == "Pond"
