"""A mailbox as a network: what a person types, and trying it out."""

import re
from collections.abc import Mapping
from typing import Final

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import AuthExpiredError, Refusal, RefusedError
from socialdesk.networks.base import (
    Field,
    KeepSecret,
    NetworkInfo,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.imap.connector import CAN, MIN_POLL_S, ImapConnector
from socialdesk.networks.imap.dialling import TLS_PORT, Place
from socialdesk.networks.imap.guide import GUIDE
from socialdesk.networks.imap.mailbox import Login
from socialdesk.networks.partial import NoBrowserSignIn

INBOX: Final = "INBOX"
_GOOGLE_PASSWORD: Final = re.compile(r"[a-z]{4}(?: [a-z]{4}){3}")
_MICROSOFT: Final = ("outlook.office365.com", "imap-mail.outlook.com", "outlook.com")


class ImapNetwork(NoBrowserSignIn):
    """Signed in to with a password. OAuth of Google and Microsoft would need a yearly review."""

    info = NetworkInfo(
        key="imap",
        label="Mailbox",
        can=CAN,
        sign_in=SignIn.PASSWORD,
        fields=(
            Field(
                "user",
                said("User name"),
                said("Mostly the whole address, such as reviews@shop.example"),
            ),
            Field(
                "password",
                said("App password"),
                said("Not your usual password where the provider has app passwords"),
                secret=True,
            ),
            Field("host", said("Mail server"), said("Such as imap.gmail.com")),
            Field(
                "folder",
                said("Folder"),
                said("The one with the review mails; empty for the inbox"),
                optional=True,
            ),
            Field(
                "port",
                said("Port"),
                said("Only when it is not 993"),
                optional=True,
            ),
        ),
        min_poll_s=MIN_POLL_S,
        unverified=True,  # the notices' layouts: no site publishes them
        guide=GUIDE,
        about=said("Review mails of Google, Yelp, Tripadvisor and others, and any other letter"),
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> ImapConnector:
        """`settings`: `host`, `port`, `user`, `folder`, as `sign_in` gave them."""
        if secret is None:
            raise AuthExpiredError("the mailbox's password is not in the keyring")
        login = Login(settings["user"], secret.value, settings.get("folder") or INBOX)
        return ImapConnector(http, Place(settings["host"], int(settings["port"])), login)

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """Sign in once and open the folder. Raises ConnectorError."""
        place = _place(fields["host"], fields.get("port", ""))
        settings = {
            "host": place.host,
            "port": str(place.port),
            "user": fields["user"].strip(),
            "folder": fields.get("folder", "").strip() or INBOX,
        }
        secret = Secret(_password(fields["password"]))
        card = self.connect(http, settings, secret, lambda _: None).card()
        return SignedIn(settings, secret, card)


def _place(typed_host: str, typed_port: str) -> Place:
    """Raises RefusedError for what is no server, and for those that take no passwords."""
    host = typed_host.strip().lower().removeprefix("imaps://").removeprefix("imap://").rstrip("./")
    host, port = _split(host, typed_port.strip())
    if not re.fullmatch(r"[^\s/@?#]{1,253}", host) or port not in range(1, 65536):
        raise RefusedError(Refusal.OTHER, "not the name of a mail server")
    if host in _MICROSOFT:
        raise RefusedError(Refusal.PERMISSION, "Microsoft's mail servers take no passwords")
    return Place(host, port)


def _split(host: str, port: str) -> tuple[str, int]:
    """A port may stand behind the host too; 0 for one that makes no sense."""
    name, colon, behind = host.rpartition(":")
    if colon and ":" not in name and behind.isdigit():
        host, port = name, port or behind
    if not port:
        return host, TLS_PORT
    return host, int(port) if port.isascii() and port.isdigit() and len(port) < 6 else 0


def _password(typed: str) -> str:
    """Google shows its app passwords in four groups; the blanks are no part of them."""
    typed = typed.strip()
    return typed.replace(" ", "") if _GOOGLE_PASSWORD.fullmatch(typed) else typed


NETWORK: Final = ImapNetwork()
