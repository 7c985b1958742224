"""Promise 18: every network that is signed in to in the browser is asked for exactly the rights of
this table; each stands there with the feature that needs it."""

import ast
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.networks import registry
from socialdesk.networks.base import Network, OAuthStart, SignIn
from socialdesk.networks.scripted import session_with
from tests.networks.fake_discourse import HOST as FORUM
from tests.networks.fake_google import CLIENT_ID, CLIENT_SECRET
from tests.networks.fake_mastodon import HOST as MASTODON
from tests.networks.samples import all_samples

NETWORKS = Path(__file__).parents[2] / "socialdesk/networks"
REDIRECT = "http://127.0.0.1:47641/callback"
SAMPLES = {sample.key: sample for sample in all_samples()}
TYPED = {"client_id": "invented-client_1", "client_secret": "invented-secret-of-32-characters",
         "client_key": "invented-key", "app_id": "1234567890123456", "name": "tuliprye",
         "app_secret": "0123456789abcdef0123456789abcdef", "domain": "tulip.my.salesforce.com",
         "page": "12345678"}  # fmt: skip
OF_GOOGLE = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
SERVERS = {"mastodon": MASTODON, "discourse": FORUM}

# Scope: the feature that stops without it. Source: each network's page on its rights.
TABLE = {
    "mastodon": {
        "read:accounts": "who we are, profiles", "read:notifications": "mentions",
        "read:search": "words", "read:statuses": "hashtags, threads, finding our reply again",
        "write:statuses": "answers", "write:media": "pictures of answers",
    },
    "x": {
        "tweet.read": "mentions, words, threads", "users.read": "who we are, profiles",
        "tweet.write": "answers", "offline.access": "staying signed in for more than two hours",
    },
    "reddit": {
        "identity": "who we are", "read": "threads, words", "privatemessages": "mentions",
        "history": "finding our answer again", "submit": "answers", "edit": "changing an answer",
    },
    "youtube": {"https://www.googleapis.com/auth/youtube.force-ssl": "comments and answers"},
    "google_business": {"https://www.googleapis.com/auth/business.manage": "reviews and answers"},
    "salesforce": {"api": "people and cases", "refresh_token": "staying signed in"},
    "tiktok": {
        "user.info.basic": "who we are", "user.info.username": "our name",
        "user.info.stats": "our reach", "video.list": "our videos", "comment.list": "comments",
        "comment.list.manage": "answers",
    },
    "linkedin": {
        "r_organization_social": "comments and mentions", "w_organization_social": "answers",
        "rw_organization_admin": "notices of new comments, the page's name",
    },
    "discourse": {
        "read": "topics", "write": "answers", "notifications": "mentions",
        "session_info": "who we are",
    },
    "facebook": {
        "pages_show_list": "the Pages to choose from", "pages_read_engagement": "our posts",
        "pages_read_user_content": "comments, posts of visitors",
        "pages_manage_engagement": "answers", "pages_manage_posts": "posts of the Page",
        "pages_manage_metadata": "what we may do on the Page",
    },
    "instagram": {
        "instagram_business_basic": "the account and its media",
        "instagram_business_manage_comments": "comments and answers",
    },
    "threads": {
        "threads_basic": "our posts", "threads_read_replies": "conversations",
        "threads_manage_replies": "answers", "threads_content_publish": "posts and answers",
        "threads_manage_mentions": "who names us", "threads_keyword_search": "words and tags",
        "threads_delete": "deleting ours",
    },
}  # fmt: skip
BY_BROWSER = [n for n in registry.BUILT_IN if n.info.sign_in in (SignIn.OAUTH, SignIn.PASTED)]


def test_the_table_knows_every_network_of_the_browser() -> None:
    assert set(TABLE) == {network.info.key for network in BY_BROWSER}


def begin(network: Network) -> OAuthStart:
    """A sign-in in the browser, with invented keys at an invented server."""
    key = network.info.key
    typed = {field.key: TYPED.get(field.key, "") for field in network.info.fields}
    typed |= {"server": SERVERS.get(key, "")}
    if key in ("youtube", "google_business"):
        typed |= OF_GOOGLE
    session = session_with(SAMPLES[key].new_server())
    return network.begin_oauth(session, typed, network.info.redirect.pasted or REDIRECT)


@pytest.mark.promise(18)
@pytest.mark.parametrize("network", BY_BROWSER, ids=lambda n: n.info.key)
def test_what_is_asked_for_is_what_the_table_says(network, trials) -> None:
    query = parse_qs(urlsplit(begin(network).url).query)
    (scope,) = query.get("scope") or query["scopes"]
    assert set(re.split(r"[ ,]", scope)) == set(TABLE[network.info.key])
    trials.add(len(TABLE[network.info.key]))


@pytest.mark.promise(18)
def test_no_joint_grant_is_ever_asked_for() -> None:
    """Google would add what was granted to the same app before."""
    texts = (
        node.value
        for path in NETWORKS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    assert "include_granted_scopes" not in set(texts)
