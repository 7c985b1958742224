"""What is said of a version of a network's API that ends.

Apart from `versions`, which finds them: the window says it too, and has no use for the engine's
modules (250 ms at its first look at the notices).
"""

from socialdesk.i18n import tr


def ending_soon(network: str, version: str, until: str) -> str:
    """One sentence. `until`: a day, as ISO 8601."""
    return tr(
        "{network} promises {version} until {day} only. Update SocialDesk before that day.",
        network=network, version=version, day=until,
    )  # fmt: skip
