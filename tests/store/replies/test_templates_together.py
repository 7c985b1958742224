"""Several approved templates in one reply: approved words only when each of them is."""

import pytest

from socialdesk.domain.crisis.approval import Policy
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.plan import unpacked_versions
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.domain.replies.template_use import n_changed
from socialdesk.store import settings
from socialdesk.store.outbox import drafts
from socialdesk.store.outbox.outbox_moves import read
from socialdesk.store.replies import replies, templates
from tests.makers import a_mention
from tests.store.queue_file import QueueFile

HELLO, CODE = "Hello {name}!", "Your order {order:code} is on its way."
TEXT = "Hello Ann!\n\nYour order A-7 is on its way."
VALUES = (("name", "Ann"), ("order", "A-7"))


def version(file: QueueFile, name: str, body: str, *, approved: bool = True) -> int:
    made = file.write(
        lambda tx: templates.save_version(tx, name=name, body=body, lang="en", person=file.ann)
    )
    if approved:
        file.write(lambda tx: templates.approve(tx, made.version_id, made.hash, file.ann))
    return made.version_id


@pytest.fixture
def mention(file: QueueFile) -> int:
    file.write(lambda tx: settings.set_value(tx, "policy", Policy.TEMPLATES.value, file.ann))
    return file.save(a_mention("where is it", n=1))[0]


def write(file: QueueFile, mention: int, versions: list[int], text: str = TEXT) -> replies.Added:
    new = replies.NewReply(
        mention, text, file.ann, "key", version_id=versions[0], values=VALUES, lang="en",
        more_versions=tuple(versions[1:]),
    )  # fmt: skip
    return file.write(lambda tx: replies.add(tx, new))


def test_two_approved_templates_go_out_under_the_strictest_policy(file: QueueFile, mention):
    both = [version(file, "Hello", HELLO), version(file, "Code", CODE)]
    added = write(file, mention, both)
    assert added.state is OutboxState.HELD
    row = file.read(read, added.outbox_id)
    assert (row.version_id, unpacked_versions(row.more_versions)) == (both[0], (both[1],))
    assert row.n_edited == 0
    used = {t.name: t.n_uses for t in file.read(templates.list_templates)}
    assert used == {"Hello": 1, "Code": 1}
    file.write(lambda tx: replies.take_back(tx, added.outbox_id, file.ann))
    draft = file.read(drafts.read, mention)
    assert draft is not None
    assert (draft.version_id, draft.plan.more_versions) == (both[0], (both[1],))


@pytest.mark.parametrize(
    ("second_is_approved", "text", "fault"),
    [
        (False, TEXT, CommandFault.NOT_APPROVED),
        (True, TEXT.replace("\n\n", " "), CommandFault.POLICY),  # other words, even one blank
        (True, TEXT + " Bye.", CommandFault.POLICY),
    ],
)
def test_anything_else_is_refused(file, mention, second_is_approved, text, fault):
    both = [version(file, "Hello", HELLO), version(file, "C", CODE, approved=second_is_approved)]
    with pytest.raises(CommandError) as refused:
        write(file, mention, both, text)
    assert refused.value.fault is fault


def test_a_version_that_is_not_there_makes_it_free_text(file: QueueFile, mention):
    with pytest.raises(CommandError) as refused:
        write(file, mention, [version(file, "Hello", HELLO), 99])
    assert refused.value.fault is CommandFault.POLICY


def test_six_templates_are_too_many(file: QueueFile, mention):
    with pytest.raises(CommandError) as refused:
        write(file, mention, [version(file, f"T{n}", HELLO) for n in range(6)])
    assert refused.value.fault is CommandFault.BAD_INPUT


@pytest.mark.parametrize(
    ("before", "after", "n"),
    [("", "", 0), ("Sorry, Ann.", "Sorry, Ann.", 0), ("Sorry, Ann.", "Sorry, dear Ann.", 5),
     ("It is late", "It is here", 4), ("a b c", "", 5)],
)  # fmt: skip
def test_what_was_changed_is_counted_in_characters(before, after, n):
    assert n_changed(before, after) == n
