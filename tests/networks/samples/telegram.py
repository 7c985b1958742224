"""A signed-in Telegram bot at an invented server."""

from socialdesk.domain.account import Secret
from socialdesk.networks.telegram import NETWORK
from tests.networks.fake_telegram import BOT, TOKEN, FakeTelegram
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK,
    FakeTelegram,
    {"bot_id": str(BOT["id"]), "bot_name": str(BOT["username"])},
    Secret(TOKEN),
    (TOKEN, TOKEN.partition(":")[2]),
    typed={"token": TOKEN},
    limited=(
        429,
        b'{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 34",'
        b'"parameters":{"retry_after":34}}',
        {},
    ),
    expired=(401, b'{"ok":false,"error_code":401,"description":"Unauthorized"}', {}),
)
