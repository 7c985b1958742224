"""What the practice network holds: posts, notices, what we wrote; rebuilt from its file.

Others' posts are never written down: they follow from the seed and the time. The file has what
does not: when the network began, each act of ours, written before it is answered, and now and
then that somebody looked. After days in which nobody did, the stream goes on where it was: a
person who comes back to practise meets a morning's mentions, not a thousand.
"""

import heapq
from bisect import bisect_left, insort
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.practice import remote_ids
from socialdesk.practice.clock import NetworkClock
from socialdesk.practice.content import BRAND, HOST, Content, Line, Person
from socialdesk.practice.kinds import Kind
from socialdesk.practice.markup import names, tags
from socialdesk.practice.posts import NewPost, Notice, Post, Upload, Version
from socialdesk.practice.record_file import RecordFile
from socialdesk.practice.stream import (
    Edited,
    Event,
    Reposted,
    Wrote,
    answer_to,
    events,
)

KEY_KEPT_MS = 3_600_000  # Mastodon, "statuses" methods: the key is stored for one hour
AWAKE_MS = 3 * 3_600_000  # of its own time the stream goes on while nobody looks
SEEN_EVERY_MS = 600_000
_FORMAT = 1
_DRAFT = tuple(field.name for field in fields(NewPost))


class PracticeNetwork:
    """Not thread-safe: its adapter lets one request in at a time. Times are unix ms.

    A file that is there already decides seed and kind; only the speed may change.
    """

    def __init__(
        self, path: Path, content: Content, *, now_ms: int, seed: int, speed: float, kind: Kind
    ) -> None:
        self.content = content
        self.posts: dict[str, Post] = {}
        self.notices: list[Notice] = []  # by id, which is not quite by time
        self.uploads: dict[str, Upload] = {}
        self.n_reads_left = 0  # so many questions after a picture say that it is not read yet
        self.records: list[dict[str, Any]] = []  # of others who keep things in our file
        self._ids: dict[str, str] = {}  # post id by line key
        self._ids_used: set[str] = set()
        self._children: dict[str, list[str]] = {}
        self._by_key: dict[str, tuple[str, int]] = {}  # dedupe key → post id, when
        self._answers: list[tuple[int, str, Wrote]] = []
        self._answered: set[str] = set()
        self._written: dict[str, None] = {}  # ids of what came through the API, in order
        self._people = {person.acct: person for person in content.people.values()}
        self._handles = {p.handle: p for p in reversed([*content.people.values()])}
        self._file = RecordFile(path)
        begun = self._begin(now_ms, seed, speed, kind)
        self.kind, self.seed = Kind(begun["kind"]), int(begun["seed"])
        self.now_ms = self._seen_ms = int(begun["now_ms"])
        self._clock = NetworkClock(self.now_ms, float(begun["speed"]))
        self._stream = events(content, self.seed)
        self._next = next(self._stream, None)
        for record in self._file.found[1:]:
            self._replay(record)
        self._wake(now_ms)
        if speed != self._clock.speed:
            self._set_speed(max(now_ms, self.now_ms), speed)

    def _begin(self, now_ms: int, seed: int, speed: float, kind: Kind) -> dict[str, Any]:
        if self._file.found:
            return _checked(self._file.found[0])
        begun: dict[str, Any] = {
            "act": "begin",
            "format": _FORMAT,
            "now_ms": now_ms,
            "seed": seed,
            "speed": speed,
            "kind": kind.value,
        }
        self._file.append(begun)
        return begun

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def advance(self, now_ms: int) -> None:
        """Let everything happen up to `now_ms`. A clock set back changes nothing: what was there
        stays, and the next post waits until the clock has caught up."""
        self.now_ms = max(self.now_ms, now_ms)
        if self.now_ms >= self._seen_ms + SEEN_EVERY_MS:
            self._record({"act": "seen", "at_ms": self.now_ms})
        self._catch_up()

    def _catch_up(self) -> None:
        until = self._clock.stream_ms(self.now_ms)
        while (event := self._due(until)) is not None:
            self.happen(event)

    def find(self, handle: str, host: str) -> Person | None:
        """The person behind @handle@host; a name without a host is found on any."""
        acct = handle if host in ("", HOST) else f"{handle}@{host}"
        return self._people.get(acct) or (None if host else self._handles.get(handle))

    def children(self, post_id: str) -> list[Post]:
        """The posts that answer one, oldest first."""
        there = (self.posts.get(child) for child in self._children.get(post_id, ()))
        return [post for post in there if post]

    def is_listed(self, post: Post) -> bool:
        """Whether the server's own lists show it: a read-back may come too early, or in vain."""
        traits = self.kind.traits
        if post.id not in self._written:
            return True
        return traits.shows_own and self.now_ms >= post.at_ms + traits.lag_ms

    def ours(self) -> list[Post]:
        """What was posted through the API, oldest first; deleted ones are gone."""
        return [self.posts[post_id] for post_id in self._written if post_id in self.posts]

    # --- what we do

    def write(self, new: NewPost) -> Post:
        """Store a post, or give the one an earlier request with the same key made."""
        known, at_ms = self._by_key.get(new.dedupe_key, ("", 0))
        is_fresh = self.now_ms < at_ms + KEY_KEPT_MS
        if self.kind.traits.honours_key and known in self.posts and is_fresh:
            return self.posts[known]
        record = {"act": "post", "at_ms": self.now_ms}
        record |= {name: getattr(new, name) for name in _DRAFT if getattr(new, name)}
        self._record(record)
        return self._keep_own(record)

    def edit(self, post_id: str, text: str, warning: str) -> Post:
        """New words for a post of ours that is there."""
        record = {"act": "edit", "at_ms": self.now_ms, "id": post_id}
        record |= {"text": text, "warning": warning}
        self._record(record)
        return self._keep_edit(record)

    def take_picture(self, digest: str, mime: str, alt: str) -> Upload:
        """Keep what is known of a picture that a post may name."""
        record = {"act": "picture", "at_ms": self.now_ms, "digest": digest, "mime": mime,
                  "alt": alt}  # fmt: skip
        self._record(record)
        return self._keep_picture(record)

    def delete(self, post_id: str) -> None:
        """Take away a post of ours that is there."""
        self._record({"act": "delete", "at_ms": self.now_ms, "id": post_id})
        self._drop(post_id)

    def keep(self, record: dict[str, Any]) -> None:
        """A record of somebody else (sign-ins); given back in `records` after a restart."""
        record = {**record, "at_ms": self.now_ms}
        self._record(record)
        self.records.append(record)

    def _record(self, record: dict[str, Any]) -> None:
        """Write one record through to the disk."""
        self._file.append(record)
        self._seen_ms = int(record["at_ms"])

    def _wake(self, now_ms: int) -> None:
        """After a long absence, let the time be forgotten that nobody saw."""
        from_ms = self._seen_ms + int(AWAKE_MS / self._clock.speed)
        if now_ms > from_ms:
            away = {"act": "away", "at_ms": now_ms, "from_ms": from_ms}
            self._record(away)
            self._replay(away)

    def _replay(self, record: dict[str, Any]) -> None:
        self.now_ms = self._seen_ms = int(record["at_ms"])
        if record["act"] == "away":
            self._clock.stand_still(int(record["from_ms"]), self.now_ms)
        self._catch_up()
        match record["act"]:
            case "seen" | "away":
                pass
            case "post":
                self._keep_own(record)
            case "edit" if record["id"] in self.posts:
                self._keep_edit(record)
            case "picture":
                self._keep_picture(record)
            case "delete":
                self._drop(record["id"])
            case "speed":
                self._clock.change_speed(self.now_ms, float(record["speed"]))
            case _:
                self.records.append(record)

    def _set_speed(self, at_ms: int, speed: float) -> None:
        self.advance(at_ms)
        self._record({"act": "speed", "at_ms": self.now_ms, "speed": speed})
        self._clock.change_speed(self.now_ms, speed)

    def _keep_own(self, record: dict[str, Any]) -> Post:
        line = Line(
            key=f"own/{len(self._written) + 1}",
            at_s=0.0,
            by=BRAND,
            text=record["text"],
            kind="own",
            lang=record.get("lang", ""),
            visibility=record.get("visibility", "public"),
            warning=record.get("warning", ""),
        )
        post = self._add(line, self.now_ms, record.get("to", ""))
        post = replace(post, pictures=tuple(record.get("pictures", ())))
        self.posts[post.id] = post
        self._written[post.id] = None
        if record.get("dedupe_key"):
            self._by_key[record["dedupe_key"]] = post.id, post.at_ms
        self._hear_answer(post)
        return post

    def _keep_picture(self, record: dict[str, Any]) -> Upload:
        made = Upload(str(len(self.uploads) + 1), record["digest"], record["mime"], record["alt"])
        self.uploads[made.id] = made
        return made

    def _keep_edit(self, record: dict[str, Any]) -> Post:
        version = Version(self.now_ms, record["text"], record.get("warning", ""))
        return self._reword(self.posts[record["id"]], version)

    def _hear_answer(self, ours: Post) -> None:
        """The author of the post we answered may say something back, if we named them."""
        asked = self.posts.get(ours.to)
        if asked is None or asked.line.by not in ours.names or ours.to in self._answered:
            return
        n_before = asked.line.key.count("/answer")
        at_ms = self._clock.stream_ms(ours.at_ms)
        answer = answer_to(self.content, self.seed, asked.line, n_before, at_ms)
        if answer is not None:
            self._answered.add(ours.to)
            line = replace(answer.line, to=ours.line.key)
            heapq.heappush(self._answers, (answer.at_ms, answer.key, replace(answer, line=line)))

    # --- what others do

    def _due(self, until_ms: int) -> Event | None:
        """The next event up to `until_ms` of the stream's time, taken off."""
        event, answer = self._next, self._answers[0] if self._answers else None
        if answer and (event is None or answer[:2] < (event.at_ms, event.key)):
            return heapq.heappop(self._answers)[2] if answer[0] <= until_ms else None
        if event is None or event.at_ms > until_ms:
            return None
        self._next = next(self._stream, None)
        return event

    def happen(self, event: Event) -> Post | None:
        """Let one event happen; the post it made or changed, None where that is gone."""
        at_ms = self._clock.unix_ms(event.at_ms)
        if isinstance(event, Wrote):
            post = self._add(event.line, at_ms, self._ids.get(event.line.to, ""))
            if BRAND in post.names:
                self._notify("mention", post, at_ms, post.line.by)
            return post
        known = self.posts.get(self._ids[event.key])
        return self._change(known, event, at_ms) if known else None

    def _change(self, post: Post, event: Event, at_ms: int) -> Post | None:
        if isinstance(event, Edited):
            post = self._reword(post, Version(at_ms, event.text, post.now.warning))
            # GoToSocial tells people named in a post that it changed; Mastodon does not.
            if BRAND in post.names and not self.kind.traits.has_digit_ids:
                self._notify("update", post, at_ms, post.line.by)
        elif isinstance(event, Reposted):
            post = replace(post, reposts=(*post.reposts, event.by))
            self.posts[post.id] = post
            if post.is_ours:
                self._notify("reblog", post, at_ms, event.by)
        else:
            self._drop(post.id)
            return None
        return post

    def _add(self, line: Line, at_ms: int, to: str) -> Post:
        post = Post(
            id=self._free_id(at_ms, line.key),
            at_ms=at_ms,
            line=line,
            to=to,
            names=tuple(person.key for person in names(line.text, self.find)),
            tags=tuple(tags(line.text)) if not line.is_html else (),
            versions=(Version(at_ms, line.text, line.warning),),
        )
        self.posts[post.id] = post
        self._ids[line.key] = post.id
        if to:
            self._children.setdefault(to, []).append(post.id)
        return post

    def _free_id(self, at_ms: int, key: str) -> str:
        """Sixteen bits meet again soon among posts of one millisecond."""
        has_digits = self.kind.traits.has_digit_ids
        while (found := remote_ids.post_id(at_ms, key, has_digits=has_digits)) in self._ids_used:
            key += "'"
        self._ids_used.add(found)
        return found

    def _reword(self, post: Post, version: Version) -> Post:
        tagged = tuple(tags(version.text))
        changed = replace(post, versions=(*post.versions, version), tags=tagged)
        self.posts[post.id] = changed
        return changed

    def _notify(self, sort: str, post: Post, at_ms: int, by: str) -> None:
        key = f"{sort}/{by}/{post.line.key}/{at_ms}"
        has_digits = self.kind.traits.has_digit_ids
        notice = Notice(
            remote_ids.notification_id(at_ms, key, has_digits=has_digits), sort, at_ms, by, post.id
        )
        insort(self.notices, notice, key=_by_id)

    def _drop(self, post_id: str) -> None:
        """The post and its notices are gone, as on Mastodon; what answers it stays."""
        self.posts.pop(post_id, None)
        self.notices = [notice for notice in self.notices if notice.post_id != post_id]

    def notice(self, notice_id: str) -> Notice | None:
        """One notification, if it is still there."""
        at = bisect_left(self.notices, remote_ids.order(notice_id), key=_by_id)
        found = self.notices[at : at + 1]
        return found[0] if found and found[0].id == notice_id else None


def _by_id(notice: Notice) -> tuple[int, str]:
    return remote_ids.order(notice.id)


def _checked(begun: dict[str, Any]) -> dict[str, Any]:
    """The first record, if it is one of ours. Raises StoreError."""
    if begun["act"] != "begin" or not isinstance(begun.get("format"), int):
        raise StoreError(StoreFault.FOREIGN, "not a practice network")
    if begun["format"] > _FORMAT:
        raise StoreError(StoreFault.NEWER, "a later program's practice network")
    return begun
