"""Looking again at what was met before: many at once by their ids, or in their list."""

from collections.abc import Callable, Iterable
from typing import Any

from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.mentions.mention import Mention
from socialdesk.networks.base import Recheck, read_each
from socialdesk.networks.meta.graph import Graph, listing, node

PAGE_SIZE = 100  # of a list; the API's maximum


def by_ids(graph: Graph, ids: list[str], fields: str, read: Callable[[Any], Mention]) -> Recheck:
    """Nodes of one kind by `ids=`. A single one that is gone fails them all: then each is asked
    for by itself. What we may not see may well be there."""
    found = _batch(graph, ids, fields) if len(ids) > 1 else {}
    gone: list[str] = []
    for one in ids:
        if one not in found:
            try:
                found[one] = graph.get(node(one), {"fields": fields}).data
            except RefusedError as e:
                if e.reason is Refusal.GONE:
                    gone.append(one)
    mentions, _ = read_each((found[one] for one in ids if one in found), read)
    return Recheck(mentions, tuple(gone))


def in_list(
    graph: Graph, edge: str, wanted: Iterable[str], fields: str, read: Callable[[Any], Mention]
) -> Recheck:
    """Posts of others, which can only be seen in the list of those that tag us. A list that is
    whole tells what is gone from it; else only what is there."""
    wanted = list(wanted)
    if not wanted:
        return Recheck((), ())
    listed = listing(graph.get(edge, {"fields": fields, "limit": PAGE_SIZE}).data)
    mentions, rejects = read_each(listed.items, read)
    here = {mention.remote_id: mention for mention in mentions}
    is_whole = not listed.after and not rejects
    gone = tuple(one for one in wanted if one not in here) if is_whole else ()
    return Recheck(tuple(here[one] for one in wanted if one in here), gone)


def joined(looks: Iterable[Recheck]) -> Recheck:
    """Several as one."""
    looks = list(looks)
    return Recheck(
        tuple(mention for look in looks for mention in look.mentions),
        tuple(remote_id for look in looks for remote_id in look.gone),
    )


def _batch(graph: Graph, ids: list[str], fields: str) -> dict[str, Any]:
    try:
        data = graph.get("", {"ids": ",".join(map(node, ids)), "fields": fields}).data
    except RefusedError:
        return {}
    return {one: data[one] for one in ids if one in data}
