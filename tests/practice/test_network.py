"""What a client sees of the practice network through a session."""

from typing import Any

import pytest
import requests

from socialdesk.practice.content import SERVER
from socialdesk.practice.kinds import Kind


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in found]


def test_mentions_arrive_as_time_passes(make_world):
    world = make_world()
    n_old = len(world.mentions(limit=80))
    world.pass_s(300)
    n_half = len(world.mentions(limit=80))
    world.pass_s(300)
    assert n_old < n_half < len(world.mentions(limit=80))
    assert len(world.mentions(limit=80)) - n_old >= 40


def test_speed_brings_the_same_posts_sooner(make_world, world):
    fast = make_world(speed=20.0)
    fast.pass_s(30)
    texts = [[one["status"]["content"] for one in w.mentions(limit=80)] for w in (fast, world)]
    assert set(texts[0]) == set(texts[1])


def test_a_changed_speed_moves_nothing_that_has_happened(world):
    before = world.mentions(limit=80)
    world.reopen(speed=50.0)
    assert world.mentions(limit=80) == before
    world.pass_s(60)
    assert len(world.get("/api/v1/notifications", min_id=before[0]["id"], limit=80)) >= 5


def test_a_clock_set_back_takes_nothing_away(world):
    before = world.mentions(limit=80)
    world.pass_s(-86_400)
    assert world.mentions(limit=80) == before


def test_min_id_walks_without_a_gap_and_since_id_leaves_one(world):
    everything = ids(world.mentions(limit=80))
    oldest = everything[-1]
    assert ids(world.mentions(min_id=oldest, limit=5)) == everything[-6:-1]
    assert ids(world.mentions(since_id=oldest, limit=5)) == everything[:5]
    assert ids(world.mentions(max_id=everything[4], limit=3)) == everything[5:8]


def test_link_headers_lead_through_every_page_once(world):
    seen: list[str] = []
    url = f"{SERVER}/api/v1/notifications?limit=7&types[]=mention"
    while url:
        answer = world.http.get(url)
        seen += ids(answer.json())
        url = answer.links.get("next", {}).get("url", "")
    assert seen == ids(world.mentions(limit=80))


def test_notifications_of_one_second_are_not_in_order_of_writing(make_world):
    def order(seed: int) -> list[str]:
        world = make_world(seed=seed)
        world.pass_s(360)
        burst = [one["status"] for one in world.mentions(limit=80)]
        return [p["created_at"] for p in burst if "breaddiary" in p["content"]]

    orders = [order(seed) for seed in range(6)]
    assert any(times != sorted(times, reverse=True) for times in orders)


def test_the_edit_shows_under_the_same_id_with_its_history(make_world):
    world = make_world()
    world.pass_s(200)
    before = world.find("TR-4149")
    world.pass_s(300)
    after = world.get(f"/api/v1/statuses/{before['id']}")
    assert before["edited_at"] is None
    assert after["edited_at"] > before["created_at"]
    assert "TR-4419" in after["content"]
    versions = world.get(f"/api/v1/statuses/{before['id']}/history")
    assert ["TR-4149" in version["content"] for version in versions] == [True, False]


def test_the_deleted_post_is_gone_with_its_notification(make_world):
    world = make_world()
    world.pass_s(400)
    regret = world.find("laughed at me")
    world.pass_s(100)
    assert world.http.get(f"{SERVER}/api/v1/statuses/{regret['id']}").status_code == 404
    assert not [m for m in world.mentions(limit=80) if m["status"]["id"] == regret["id"]]


def test_the_repost_chain_is_counted_on_the_original(world):
    mould = world.find("green mould")
    assert mould["reblogs_count"] == 5
    people = world.get(f"/api/v1/statuses/{mould['id']}/reblogged_by")
    assert max(person["followers_count"] for person in people) == 250_000


def test_every_profile_says_in_three_languages_that_it_is_invented(world, content):
    accounts = [one["account"] for one in world.mentions(limit=80)]
    accounts.append(world.get("/api/v1/accounts/verify_credentials"))
    assert all(note in a["note"] for a in accounts for note in content.notes.values())


def test_hostile_post_comes_with_its_markup_untouched(world):
    hostile = world.find("alert(1)")
    assert "<script>" in hostile["content"]
    assert "\u202e" in hostile["account"]["display_name"]


def test_written_words_are_escaped_and_marked_up(world):
    posted = world.post("<b>&</b> @ann@river.example see https://practice.example/x #TulipRye")
    content = posted.json()["content"]
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in content
    assert [m["acct"] for m in posted.json()["mentions"]] == ["ann@river.example"]
    assert [tag["name"] for tag in posted.json()["tags"]] == ["tuliprye"]
    assert '<span class="invisible">https://</span>' in content


def test_a_reply_shows_in_the_thread_and_among_our_posts(world):
    asked = world.find("this Sunday")
    reply = world.post("@ann@river.example Yes, from 9 to 15.", to=asked["id"]).json()
    me = world.get("/api/v1/accounts/verify_credentials")["id"]
    thread = world.get(f"/api/v1/statuses/{asked['id']}/context")
    assert reply["id"] in ids(thread["descendants"])
    assert reply["id"] in ids(world.get(f"/api/v1/accounts/{me}/statuses"))
    assert reply["in_reply_to_account_id"] == asked["account"]["id"]
    above = world.get(f"/api/v1/statuses/{reply['id']}/context")["ancestors"]
    assert ids(above) == [asked["id"]]


def test_some_who_are_answered_write_again_in_the_thread(world):
    replies = {}
    for mention in world.mentions(limit=80):
        post = mention["status"]
        named = world.post(f"@{post['account']['acct']} Thank you!", to=post["id"]).json()
        replies[named["id"]] = post["account"]["id"]
    newest = world.mentions(limit=1)[0]["id"]
    world.pass_s(130)
    back = [one["status"] for one in world.mentions(min_id=newest, limit=80)]
    answers = [post for post in back if post["in_reply_to_id"] in replies]
    assert len(answers) >= 10
    assert all(replies[post["in_reply_to_id"]] == post["account"]["id"] for post in answers)


def test_who_is_not_named_never_hears_of_the_reply(world):
    for mention in world.mentions(limit=80):
        world.post("Thank you!", to=mention["status"]["id"])
    ours = {post.id for post in world.adapter.posts_by_us()}
    world.pass_s(130)
    assert not [m for m in world.mentions(limit=80) if m["status"]["in_reply_to_id"] in ours]


def test_editing_and_deleting_our_own_post(world):
    post_id = world.post("Fresh rye at eleven.").json()["id"]
    edited = world.http.put(f"{SERVER}/api/v1/statuses/{post_id}", json={"status": "At noon."})
    assert "At noon." in edited.json()["content"]
    gone = world.http.delete(f"{SERVER}/api/v1/statuses/{post_id}")
    assert gone.json()["text"] == "At noon."
    assert world.http.delete(f"{SERVER}/api/v1/statuses/{post_id}").status_code == 404
    assert world.adapter.n_posts_by_us() == 0


def test_nobody_edits_or_deletes_the_words_of_others(world):
    url = f"{SERVER}/api/v1/statuses/{world.find('this Sunday')['id']}"
    assert world.http.delete(url).status_code == 404
    assert world.http.put(url, json={"status": "never said"}).status_code == 404


@pytest.mark.parametrize(("kind", "status"), [(Kind.HONOURS_KEY, 422), (Kind.IGNORES_KEY, 400)])
def test_empty_and_too_long_texts_are_refused(make_world, kind: Kind, status: int):
    world = make_world(kind)
    most = kind.traits.max_chars
    assert world.post(" ").status_code == status
    assert world.post("ы" * (most + 1)).status_code == status
    assert world.post("👩‍👩‍👧" * most).status_code == 200
    long_url = "https://practice.example/" + "x" * most
    assert world.post(f"@ann@river.example {long_url}").status_code == 200


def test_a_reply_to_a_post_that_is_not_there_is_refused(world):
    assert world.post("hello?", to="1").status_code == 404
    assert world.adapter.n_posts_by_us() == 0


def test_hashtag_timeline_takes_any_all_and_none(world):
    path = "/api/v1/timelines/tag/tuliprye"
    tagged = world.get(path, limit=40)
    assert {tag["name"] for post in tagged for tag in post["tags"]} == {"tuliprye"}
    assert world.get(path, **{"none[]": "TulipRye"}) == []
    assert world.get(path, **{"all[]": "nothing"}) == []
    assert ids(world.get("/api/v1/timelines/tag/x", limit=40, **{"any[]": "TulipRye"})) == ids(
        tagged
    )


def test_search_finds_words_phrases_and_addresses(world):
    def found(query: str, **more: Any) -> list[dict[str, Any]]:
        return list(world.get("/api/v2/search", q=query, type="statuses", **more)["statuses"])

    assert len(found("Tulip & Rye")) == 3
    assert len(found('"lens: a reader"')) == 1
    assert found('"reader lens"') == []
    mould = world.find("green mould")
    assert ids(found(mould["uri"], resolve="true")) == [mould["id"]]
    assert ids(found(mould["url"], resolve="true")) == [mould["id"]]
    people = world.get("/api/v2/search", q="@ann@river.example", type="accounts")["accounts"]
    assert [person["username"] for person in people] == ["ann"]


def test_others_find_by_search_only_what_concerns_us(make_world):
    world = make_world(Kind.IGNORES_KEY)
    world.pass_s(600)
    found = world.get("/api/v2/search", q="Tulip & Rye", type="statuses")["statuses"]
    assert [p["account"]["username"] for p in found] == ["breaddiary"]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_server_says_what_it_is(make_world, kind: Kind):
    world = make_world(kind)
    link = world.get("/.well-known/nodeinfo")["links"][0]["href"]
    software = world.http.get(link).json()["software"]["name"]
    assert software == kind.traits.software
    v2 = world.http.get(f"{SERVER}/api/v2/instance")
    about = v2.json() if v2.ok else world.get("/api/v1/instance")
    assert about["configuration"]["statuses"]["max_characters"] == kind.traits.max_chars
    assert ("api_versions" in about) == (software == "mastodon")
    assert all(post_id.isdigit() for post_id in ids(world.mentions())) == (software == "mastodon")


def test_some_servers_refuse_empty_values(make_world):
    url = f"{SERVER}/api/v1/notifications?limit="
    assert make_world(Kind.IGNORES_KEY).http.get(url).status_code == 400
    assert make_world().http.get(url).status_code == 200


def test_rate_headers_count_down_and_then_refuse_until_the_reset(make_world):
    world = make_world(n_requests=3)
    left = [
        world.http.get(f"{SERVER}/api/v1/notifications").headers["X-RateLimit-Remaining"]
        for _ in range(3)
    ]
    assert left == ["2", "1", "0"]
    refused = world.http.get(f"{SERVER}/api/v1/notifications")
    assert refused.status_code == 429
    assert refused.headers["X-RateLimit-Reset"].endswith("Z")
    world.pass_s(300)
    assert world.http.get(f"{SERVER}/api/v1/notifications").status_code == 200


def test_unknown_routes_and_dead_tokens_are_refused(world):
    assert world.http.get(f"{SERVER}/api/v1/nothing").status_code == 404
    world.http.headers["Authorization"] = "Bearer wrong"
    answer = world.http.get(f"{SERVER}/api/v1/notifications")
    assert (answer.status_code, answer.json()) == (401, {"error": "The access token is invalid"})


def test_only_the_practice_server_is_taken_over(world):
    other = world.http.get_adapter("https://practice.example.org/")
    assert other is not world.adapter
    assert isinstance(other, requests.adapters.HTTPAdapter)


# The fields of the entities as Mastodon 4.7 sends them to a client (recorded 2026-10).
STATUS = """account application bookmarked card content created_at edited_at emojis favourited
favourites_count filtered id in_reply_to_account_id in_reply_to_id language media_attachments
mentions muted poll quote quotes_count reblog reblogged reblogs_count replies_count sensitive
spoiler_text tags uri url visibility"""
ACCOUNT = """acct avatar avatar_static bot created_at discoverable display_name emojis fields
followers_count following_count group header header_static id last_status_at locked note
statuses_count uri url username"""


def test_entities_have_the_fields_of_a_real_server(world):
    notice = world.mentions(limit=1)[0]
    assert set(notice) == {"account", "created_at", "group_key", "id", "status", "type"}
    assert set(notice["status"]) == set(STATUS.split())
    assert set(notice["account"]) == set(ACCOUNT.split())
