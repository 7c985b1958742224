"""Telegram as a network: a bot of the brand's own, made in a minute with BotFather."""

import re
from collections.abc import Mapping
from typing import Final

import requests

from socialdesk.domain.account import Can, Secret
from socialdesk.domain.errors import AuthExpiredError, BadAnswerError, Refusal, RefusedError
from socialdesk.networks.base import (
    Field,
    GuideStep,
    KeepSecret,
    NetworkInfo,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.partial import NoBrowserSignIn
from socialdesk.networks.telegram.api import Api
from socialdesk.networks.telegram.connector import (
    CAN,
    MIN_POLL_S,
    TelegramConnector,
    refuse_webhook,
)
from socialdesk.networks.telegram.messages import Bot
from socialdesk.networks.values import id_of, text_of

_TOKEN: Final = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
_ADMINS: Final = frozenset({"creator", "administrator"})

GUIDE: Final = (
    GuideStep(
        said("In Telegram, open BotFather (the one with the blue tick) and send it this command. "
             "It asks for a name and a username that ends in \"bot\"."),
        url="https://t.me/BotFather",
        copy="/newbot",
    ),
    GuideStep(
        said("BotFather answers with a token. Copy it into the field below. It is the bot's "
             "password: whoever has it can read and write as the bot.")
    ),
    GuideStep(
        said("A bot in a group hears only commands, answers to itself and messages that name it. "
             "So that it hears everything, send this command, choose the bot, then Disable."),
        url="https://t.me/BotFather",
        copy="/setprivacy",
        is_trap=True,
    ),
    GuideStep(
        said("Telegram looks at that setting when the bot joins: change it first, then add the "
             "bot. Is it in the group already? Remove it and add it again."),
        is_trap=True,
    ),
    GuideStep(
        said("Add the bot to your groups. For comments under your channel's posts, add it to the "
             "discussion group that is linked to the channel.")
    ),
    GuideStep(
        said("To post in your channel from here, make the bot an administrator of the channel "
             "that may post, and type the channel's name below.")
    ),
    GuideStep(
        said("Telegram keeps messages for a bot for 24 hours and gives no older ones: what comes "
             "while this program is closed for longer is not seen. It also never tells when "
             "somebody deletes a message."),
        is_trap=True,
    ),
    GuideStep(
        said("One bot for one program: if another computer or service uses the same bot, each "
             "gets only some of the messages. Make a second bot instead."),
        is_trap=True,
    ),
    GuideStep(
        said("When the connection breaks while an answer is on its way, nobody can ask Telegram "
             "whether it arrived: you will be asked to look there before it is sent again."),
        is_trap=True,
    ),
)  # fmt: skip


class TelegramNetwork(NoBrowserSignIn):
    """Sign-in by the bot's token."""

    info = NetworkInfo(
        key="telegram",
        label="Telegram",
        can=CAN | Can.POST,
        sign_in=SignIn.PASSWORD,
        fields=(
            Field(
                "token",
                said("Bot token"),
                said("From BotFather; digits, a colon, then letters and digits"),
                secret=True,
            ),
            Field(
                "channel",
                said("Channel"),
                said("@name of your channel, only when the bot shall post there"),
                optional=True,
            ),
        ),
        min_poll_s=MIN_POLL_S,
        unverified=True,
        about=said("Messages to your bot, in your groups and under your channel's posts"),
        guide=GUIDE,
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> TelegramConnector:
        """`settings`: `bot_id`, `bot_name` and `channel`, as `sign_in` gave them."""
        if secret is None:
            raise AuthExpiredError("no bot token is kept")
        bot = Bot(settings["bot_id"], settings.get("bot_name", ""), settings.get("channel", ""))
        return TelegramConnector(Api(http, secret.value), bot)

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """Asks who the bot is, that no other service takes its messages, and for the channel.
        Raises RefusedError, AuthExpiredError."""
        token = "".join(fields.get("token", "").split())
        if not _TOKEN.fullmatch(token):
            raise AuthExpiredError("this is no bot token")
        api = Api(http, token)
        settings = _who_am_i(api)
        refuse_webhook(api)
        if channel := fields.get("channel", "").strip():
            settings["channel"] = _channel_id(api, channel, settings["bot_id"])
        secret = Secret(token)
        card = self.connect(http, settings, secret, lambda kept: None).card()
        return SignedIn(settings, secret, card)


def _who_am_i(api: Api) -> dict[str, str]:
    me = api.get("getMe")
    try:
        return {"bot_id": id_of(me["id"]), "bot_name": text_of(me["username"])}
    except (KeyError, TypeError, ValueError) as e:
        raise BadAnswerError("a bot we cannot read") from e


def _channel_id(api: Api, typed: str, bot_id: str) -> str:
    """The number of "@name", "t.me/name" or a number. Raises RefusedError when the bot may not
    post there."""
    name = typed.rpartition("/")[2].lstrip("@")
    asked = name if name.lstrip("-").isdigit() else f"@{name}"
    chat = api.get("getChat", {"chat_id": asked})
    try:
        number, is_channel = id_of(chat["id"]), chat["type"] == "channel"
    except (KeyError, TypeError, ValueError) as e:
        raise BadAnswerError("a channel we cannot read") from e
    member = api.get("getChatMember", {"chat_id": number, "user_id": bot_id})
    is_admin = isinstance(member, dict) and member.get("status") in _ADMINS
    if not is_channel or not is_admin:
        raise RefusedError(Refusal.PERMISSION, "the bot is no administrator of that channel")
    return number


NETWORK: Final = TelegramNetwork()
