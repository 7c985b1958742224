"""What a person is told: what happened, and what to do next."""

from socialdesk.domain.frozen import frozen


@frozen
class Sentence:
    """`text` says what happened and that nothing was lost; `next_step` is a button's label or an
    instruction; `action` is what the button does: "", retry, sign_in, browser, keyring,
    session_only, restore, discard, edit, send_anyway, report."""

    text: str
    next_step: str = ""
    action: str = ""
