"""Whatever Telegram answers, it ends in a page or in an error with a name."""

from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.errors import BadAnswerError, ConnectorError
from socialdesk.networks.telegram.messages import UPDATES
from tests.networks.fake_telegram import FakeTelegram
from tests.networks.telegram_kit import WITH_CHANNEL, a_reply, connected, fetched

NAMES = st.sampled_from(
    """update_id message_id from chat id type title username first_name date text caption entities
    caption_entities offset length user url reply_to_message message_thread_id is_topic_message
    sender_chat edit_date photo document file_name sticker emoji poll question venue location
    is_automatic_forward forum_topic_created migrate_to_chat_id
    """.split()
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-10, 10)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
    | st.sampled_from([1795252200, -1001234500001, 4000, "private", "supergroup", "text_link",
                       "mention", "text_mention", "@teahouse_bot", "👩🏽‍🍳"])
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=7),
    max_leaves=12,
)
MESSAGE = st.fixed_dictionaries(
    {
        "message_id": st.integers(1, 99) | SCALARS,
        "date": st.just(1795252200) | SCALARS,
        "chat": st.fixed_dictionaries({"id": st.just(5), "type": st.sampled_from(["private", "x"])})
        | JSON,
        "from": st.fixed_dictionaries({"id": st.just(5), "first_name": st.text(max_size=3)}) | JSON,
    },
    optional={"text": st.text(max_size=9) | JSON, "entities": JSON, "reply_to_message": JSON,
              "message_thread_id": JSON, "photo": JSON, "poll": JSON, "sender_chat": JSON},
)  # fmt: skip
UPDATE = st.fixed_dictionaries(
    {"update_id": st.integers(1, 99) | SCALARS},
    optional={name: MESSAGE | JSON for name in UPDATES},
)


def answering(body):
    server = FakeTelegram()
    server.always(200, body)
    return connected(server, WITH_CHANNEL)


@given(body=JSON | st.fixed_dictionaries({"ok": st.just(True), "result": JSON}))
def test_an_answer_of_anything_is_a_page_or_a_bad_answer(body):
    try:
        assert fetched(answering(body)).cursor
    except ConnectorError:
        return


@given(updates=st.lists(UPDATE, max_size=4))
def test_updates_of_anything_are_mentions_and_rejects(updates):
    try:
        page = fetched(answering({"ok": True, "result": updates}))
    except BadAnswerError:
        return
    assert len(page.mentions) + len(page.rejects) <= len(updates)


@given(body=JSON | st.fixed_dictionaries({"ok": st.just(True), "result": JSON | MESSAGE}))
def test_a_sent_message_of_anything_is_posted_or_an_error_with_a_name(body):
    connector = answering(body)
    for call in (
        lambda: connector.reply(a_reply("5001:11")),
        lambda: connector.edit("5001:11", "words"),
        lambda: connector.profile("5001"),
        connector.card,
    ):
        try:
            call()
        except ConnectorError:
            continue
