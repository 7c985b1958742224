"""Edits and deletions on the network are seen here, and the words first seen are kept."""

from socialdesk.domain.queue.rows import View
from socialdesk.engine.queries import ReadDetail
from tests.engine.conftest import StartBench


def test_an_edit_and_a_deletion_of_the_practice_script_are_seen(start_bench: StartBench) -> None:
    bench = start_bench()
    for _ in range(40):  # the script edits and deletes within its first ten minutes
        bench.clock.advance(25)
        bench.turn()
    rows = bench.rows(View.ALL)
    edited = [r for r in rows if r.is_edited]
    assert edited
    detail = bench.desk.ask(ReadDetail(edited[0].id)).result()
    assert detail is not None
    (post,) = [p for p in detail.thread if p.mention_id == edited[0].id]
    assert post.earlier and post.earlier[0].body != post.body
    gone = next(r for r in rows if r.deleted_at)
    detail = bench.desk.ask(ReadDetail(gone.id)).result()
    assert detail is not None
    (post,) = [p for p in detail.thread if p.mention_id == gone.id]
    assert post.is_deleted
    assert gone.at < post.deleted_at == gone.deleted_at <= bench.clock.now_ms()
