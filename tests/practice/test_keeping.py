"""A killed engine meets the same network again: what was accepted is there, once."""

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.kinds import Kind
from socialdesk.practice.posts import NewPost

ONE_HOUR_S = 3600
LOOSE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)


def test_a_repeat_with_the_same_key_gives_the_same_post_for_an_hour(world):
    first = world.post("once", key="k").json()
    assert world.post("once", key="k").json()["id"] == first["id"]
    world.reopen()
    world.pass_s(ONE_HOUR_S - 1)
    assert world.post("once", key="k").json()["id"] == first["id"]
    world.pass_s(2)
    assert world.post("once", key="k").json()["id"] != first["id"]


def test_concurrent_repeats_with_one_key_make_one_post(world):
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.append(world.post("once", key="k").json()["id"]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert (len(set(made)), world.adapter.n_posts_by_us()) == (1, 1)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.HONOURS_KEY])
def test_a_repeat_makes_a_second_post_where_keys_are_ignored(make_world, kind: Kind):
    world = make_world(kind)
    assert world.post("twice", key="k").json()["id"] != world.post("twice", key="k").json()["id"]
    assert world.adapter.n_posts_by_us() == 2


@pytest.mark.parametrize(
    ("kind", "seen_after_s"),
    [
        (Kind.HONOURS_KEY, (0,)),
        (Kind.IGNORES_KEY, (0,)),
        (Kind.READ_BACK_ONLY, (8,)),
        (Kind.NEITHER, ()),
    ],
)
def test_when_a_post_can_be_read_back(make_world, kind: Kind, seen_after_s: tuple[int, ...]):
    world = make_world(kind)
    world.pass_s(600)
    asked = world.find("this Sunday")
    posted = world.post("Yes!", to=asked["id"]).json()
    me = world.get("/api/v1/accounts/verify_credentials")["id"]
    seen = []
    for second in (0, 8, 600):
        world.now_ms = world.adapter.posts_by_us()[0].at_ms + second * 1000
        own = world.get(f"/api/v1/accounts/{me}/statuses")
        thread = world.get(f"/api/v1/statuses/{asked['id']}/context")["descendants"]
        lists = {posted["id"] in [post["id"] for post in there] for there in (own, thread)}
        assert len(lists) == 1
        seen += [second] * lists.pop()
    assert tuple(seen[:1]) == seen_after_s


def test_a_new_process_meets_the_same_network(world):
    asked = world.find("this Sunday")
    kept = world.post("@ann@river.example Yes!", to=asked["id"], key="k", language="en").json()
    gone = world.post("@ann@river.example No!", to=asked["id"]).json()
    world.http.put(f"{kept['url']}".replace("/@tuliprye", "/api/v1/statuses"), json={"status": "Y"})
    world.http.delete(f"{gone['url']}".replace("/@tuliprye", "/api/v1/statuses"))
    world.pass_s(4000)
    before = world.mentions(limit=80), world.get(f"/api/v1/statuses/{kept['id']}")
    world.reopen(seed=99, kind=Kind.NEITHER)
    assert world.adapter.kind is Kind.HONOURS_KEY
    assert (world.mentions(limit=80), world.get(f"/api/v1/statuses/{kept['id']}")) == before
    assert [post.now.text for post in world.adapter.posts_by_us()] == ["Y"]


@given(
    jumps=st.lists(st.tuples(st.integers(0, 900), st.sampled_from("alpr")), min_size=1, max_size=8)
)
@LOOSE
def test_restarts_at_any_moment_change_nothing(make_world, jumps: list[tuple[int, str]]):
    """a: only time passes, l: a look, p: a post, r: a restart."""
    steady, restarted = make_world(), make_world()
    for n, (seconds, act) in enumerate(jumps):
        for world in (steady, restarted):
            world.pass_s(seconds)
            if act == "l":
                world.mentions()
            if act == "p":
                there = world.mentions(limit=80)
                post = there[n % len(there)]["status"]
                world.post(f"@{post['account']['acct']} hello {n}", to=post["id"], key=f"{n}")
        if act == "r":
            restarted.reopen()
    restarted.reopen()
    assert restarted.mentions(limit=80) == steady.mentions(limit=80)
    assert restarted.adapter.posts_by_us() == steady.adapter.posts_by_us()


@pytest.mark.parametrize("n_lost", [1, 2, 20])
def test_a_torn_last_line_is_cut_off(world, n_lost: int):
    world.post("first")
    world.post("second")
    world.adapter.shut_down()
    content = world.path.read_bytes()
    world.path.write_bytes(content[:-n_lost])
    world.open()
    assert [post.now.text for post in world.adapter.posts_by_us()] == ["first"]
    world.post("third")
    world.reopen()
    assert [post.now.text for post in world.adapter.posts_by_us()] == ["first", "third"]


@pytest.mark.parametrize("line", [b"\x00\x00\n", b"[]\n", b"{}\n"])
def test_a_damaged_line_is_told_and_the_file_left_as_it_is(world, line: bytes):
    world.post("first")
    world.adapter.shut_down()
    damaged = world.path.read_bytes() + line
    world.path.write_bytes(damaged)
    with pytest.raises(StoreError) as caught:
        world.open()
    assert caught.value.fault is StoreFault.DAMAGED
    assert world.path.read_bytes() == damaged


@pytest.mark.parametrize(
    ("first", "fault"),
    [
        ('{"act":"begin","format":2}', StoreFault.NEWER),
        ('{"act":"post","text":"x"}', StoreFault.FOREIGN),
    ],
)
def test_a_file_of_a_later_program_or_of_another_is_left_alone(
    make_world, first: str, fault: StoreFault
):
    world = make_world()
    world.adapter.shut_down()
    world.path.write_text(f"{first}\n", "utf-8")
    with pytest.raises(StoreError) as caught:
        world.open()
    assert caught.value.fault is fault
    assert world.path.read_text("utf-8") == f"{first}\n"


@pytest.mark.skipif(os.name == "nt", reason="file modes mean nothing on Windows")
def test_the_file_is_for_its_owner_only(make_world):
    before = os.umask(0)
    try:
        world = make_world()
    finally:
        os.umask(before)
    assert stat.S_IMODE(world.path.stat().st_mode) == 0o600


def test_posts_with_any_characters_survive_the_file(world):
    text = "ә 🥖 \u202e \ud83d line\u2028line \\n \x7f"
    world.adapter._network.write(NewPost(text))
    world.reopen()
    assert world.adapter.posts_by_us()[0].now.text == text


def test_after_shut_down_nothing_is_accepted(world):
    world.adapter.shut_down()
    with pytest.raises(StoreError) as caught:
        world.post("too late")
    assert caught.value.fault is StoreFault.CLOSED


KILLED = """
import os, signal, sys
from pathlib import Path
import requests
from socialdesk.places import resource
from socialdesk.practice.adapter import Point, PracticeAdapter
from socialdesk.practice.content import SERVER, load_content
from socialdesk.practice.session import mount
from socialdesk.practice.sign_ins import PRACTICE_TOKEN

def passing(point):
    if armed and point is Point(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

armed = False
adapter = PracticeAdapter(
    Path(sys.argv[1]), load_content(resource("practice")),
    now_ms=lambda: 1_795_000_000_000, passing=passing,
)
http = requests.Session()
http.headers["Authorization"] = f"Bearer {PRACTICE_TOKEN}"
mount(http, adapter)
armed = True
http.post(
    f"{SERVER}/api/v1/statuses", json={"status": "once"}, headers={"Idempotency-Key": "k"}
)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no kill -9")
@pytest.mark.parametrize(("point", "n_there"), [("received", 0), ("stored", 1)])
def test_kill_9_between_store_and_answer_leaves_one_post(
    make_world, point: str, n_there: int, tmp_path: Path
):
    path = tmp_path / "killed.jsonl"
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), point], check=False)
    assert done.returncode == -signal.SIGKILL
    world = make_world()
    world.adapter.shut_down()
    world.path = path
    world.open()
    assert world.adapter.n_posts_by_us() == n_there
    world.post("once", key="k")
    assert world.adapter.n_posts_by_us() == 1


def test_only_our_own_acts_are_written_down(world, content):
    world.mentions()
    asked = world.find("this Sunday")
    world.post("@ann@river.example Yes!", to=asked["id"])
    world.pass_s(60)
    world.mentions()
    acts = [json.loads(line)["act"] for line in world.path.read_text("utf-8").splitlines()]
    assert acts == ["begin", "seen", "post"]


@pytest.mark.parametrize(("away_s", "n_posts"), [(0, 0), (7_200, 20), (30 * 86_400, 30)])
def test_who_comes_back_late_meets_a_morning_of_mentions(world, away_s: int, n_posts: int):
    world.pass_s(600)
    newest = world.mentions(limit=1)[0]["id"]
    world.pass_s(away_s)
    for _ in range(2):
        world.reopen()
        met = world.mentions(min_id=newest, limit=80)
        assert abs(len(met) - n_posts) <= 6
    world.pass_s(3_600)
    assert 5 <= len(world.mentions(min_id=(met or [{"id": newest}])[0]["id"], limit=80)) <= 12


def test_a_second_adapter_opens_the_same_file_after_the_first(world, content):
    world.post("first")
    world.adapter.shut_down()
    again = PracticeAdapter(world.path, content, now_ms=lambda: world.now_ms)
    assert again.n_posts_by_us() == 1
    again.shut_down()
