"""Our own words for what a connector found wrong with what was typed or ticked."""

from socialdesk.i18n import tr
from socialdesk.ui.plain import isolated


def own_words(detail: str) -> str:
    """A sentence for the detail of a refusal that is ours; "" for what the network said."""
    said = _plain().get(detail, "")
    for start, words in () if said else _with_names():
        if detail.startswith(start):
            return words.replace("{names}", isolated(detail.removeprefix(start)))
    return said


def _plain() -> dict[str, str]:
    """By the detail, in the language in use."""
    key = tr("This is no key. Copy it again, whole and without blanks.")
    address = tr("This is no address. Type it as the browser shows it, such as shop.example.")
    both = tr("The ID and the secret of the app are both needed.")
    place = tr("This address leads to no place. Open your page there and copy its address.")
    refused = tr("The sign-in was refused in the browser.")
    page = tr("You do not administer this page.")
    return {
        "not an access token": key,
        "not an API key": key,
        "not an API key or secret": key,
        "not a client id": tr("This is no client ID."),
        "not a Reddit client_id": tr("This is no client ID."),
        "not a Reddit name": tr("This is no user name."),
        "not a client ID and secret of Google": tr(
            "This is no client ID of Google with its secret. The ID ends in "
            ".apps.googleusercontent.com."
        ),
        "not the address of a forum": address,
        "not the address of a server": address,
        "not the address of a website": address,
        "not the name of a mail server": tr(
            "This is no mail server. Its name looks like imap.gmail.com."
        ),
        "not a site of Stack Exchange": tr(
            "This is no site of Stack Exchange. Type stackoverflow, or an address such as "
            "cooking.stackexchange.com."
        ),
        "there is no place in this address": place,
        "there is no location in this address": place,
        "a number was expected": tr("A number was expected."),
        "the app's ID and secret are needed": both,
        "the client ID and the secret are needed": both,
        "type the app ID and the app secret, or paste a token": tr(
            "Type the app ID and the app secret, or paste an access token."
        ),
        "Microsoft's mail servers take no passwords": tr(
            "Microsoft's mail servers take no passwords. Forward the mails to a mailbox elsewhere "
            "and add that one."
        ),
        "the main password asks for a code by e-mail: use an app password": tr(
            "The main password asks for a code by e-mail. Make an app password."
        ),
        "the permission was not ticked in the browser": tr(
            "The permission was not ticked in the browser. Leave every box ticked."
        ),
        "the sign-in was refused in the browser": refused,
        "this Google account manages no location": tr("This Google account manages no location."),
        "this sign-in manages no Page, or gave none": tr(
            "This sign-in manages no Page, or none was ticked in the browser."
        ),
        "no Instagram account is linked to these Pages": tr(
            "No Instagram account is linked to these Pages."
        ),
        "the bot is no administrator of that channel": tr(
            "The bot is no administrator of that channel."
        ),
        "the server has not accepted this account yet": tr(
            "The server has not accepted this account yet."
        ),
        "you administer no page there": page,
        "you do not administer this page": page,
    }


def _with_names() -> tuple[tuple[str, str], ...]:
    """By how the detail begins; what follows are names."""
    return (
        ("type which Page: ", tr("You manage several Pages. Type one of them: {names}.")),
        ("you administer several pages: ", tr("You manage several Pages. Type one of them: "
                                              "{names}.")),
        ("the key lacks the right: ", tr("This key lacks a right: {names}.")),
    )  # fmt: skip
