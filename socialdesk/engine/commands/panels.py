"""Sources whose words are shown and never kept."""

from socialdesk.domain.frozen import frozen


@frozen
class ShowPanel:
    """Ask a source what it shows now. Answer: a `domain.panel.Panel` as JSON.

    A command, because connectors live in the engine's process; nothing of it is remembered: asked
    again, by the same id too, the network is asked again."""

    account_id: int


PanelsCommand = ShowPanel
