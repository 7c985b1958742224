"""Templates, drafts, labels, people, settings and saved views in the file."""

from typing import Any

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import Draft
from socialdesk.domain.replies.template import TemplateState
from socialdesk.store import approvals, people, settings
from socialdesk.store.outbox import drafts
from socialdesk.store.replies import templates
from socialdesk.store.triage import labels, saved_views
from tests.store.queue_file import QueueFile


def save(file: QueueFile, body: str = "Dear {name}", lang: str = "en", **facts):
    values: dict[str, Any] = {"name": "Greeting", "person": file.ann} | facts
    return file.write(lambda tx: templates.save_version(tx, body=body, lang=lang, **values))


def approve(file: QueueFile, version, person: int | None = None) -> int:
    by = person or file.ann
    return file.write(lambda tx: templates.approve(tx, version.version_id, version.hash, by))


def fault(file: QueueFile, write) -> CommandFault:
    with pytest.raises(CommandError) as refusal:
        file.write(write)
    return refusal.value.fault


def test_editing_makes_a_new_unapproved_version_and_the_approved_one_stays(file):
    first = save(file)
    approve(file, first)
    second = save(file, "Hello {name}", template_id=first.template_id)
    assert file.read(templates.is_approved, first.version_id)
    assert not file.read(templates.is_approved, second.version_id)
    (row,) = file.read(templates.list_templates)
    assert [(v.n, v.state, v.approved_by, v.look) for v in row.versions] == [
        (2, TemplateState.DRAFT, "", ""), (1, TemplateState.APPROVED, "Ann", "self"),
    ]  # fmt: skip


def test_each_language_has_its_own_versions(file):
    first = save(file)
    save(file, "Құрметті {name}", "kk", template_id=first.template_id)
    approve(file, first)
    (row,) = file.read(templates.list_templates)
    assert {(v.lang, v.n, v.state) for v in row.versions} == {
        ("en", 1, TemplateState.APPROVED), ("kk", 1, TemplateState.DRAFT),
    }  # fmt: skip


def test_an_older_unapproved_version_is_not_listed(file):
    first = save(file)
    save(file, "Hello {name}", template_id=first.template_id)
    (row,) = file.read(templates.list_templates)
    assert [v.n for v in row.versions] == [2]


def test_every_version_of_every_language_is_there_newest_first(file):
    first = save(file)
    approve(file, first)
    save(file, "Hello {name}", template_id=first.template_id)
    save(file, "Сәлем {name}", "kk", template_id=first.template_id)
    save(file, "Hi {name}", template_id=first.template_id)
    save(file, "Another", name="Other")
    found = file.read(templates.list_versions, first.template_id)
    assert [(v.lang, v.n, v.body, v.state, v.approved_by) for v in found] == [
        ("en", 3, "Hi {name}", TemplateState.DRAFT, ""),
        ("kk", 1, "Сәлем {name}", TemplateState.DRAFT, ""),
        ("en", 2, "Hello {name}", TemplateState.DRAFT, ""),
        ("en", 1, "Dear {name}", TemplateState.APPROVED, "Ann"),
    ]
    assert file.read(templates.list_versions, 99) == []


@pytest.mark.parametrize(
    ("body", "name", "wanted"),
    [
        ("Dear {Name}", "x", CommandFault.BAD_INPUT),
        ("  \n", "x", CommandFault.EMPTY),
        ("Dear", "  ", CommandFault.EMPTY),
    ],
)
def test_what_is_no_template_is_refused(file, body, name, wanted):
    write = lambda tx: templates.save_version(  # noqa: E731
        tx, name=name, body=body, lang="en", person=file.ann
    )
    assert fault(file, write) is wanted


def test_only_what_was_shown_is_approved(file):
    made = save(file)
    assert fault(file, lambda tx: templates.approve(tx, made.version_id, "0" * 64, file.ann)) is (
        CommandFault.CHANGED_SINCE
    )
    assert fault(file, lambda tx: templates.approve(tx, 99, made.hash, file.ann)) is (
        CommandFault.NOT_FOUND
    )


def test_in_a_pair_somebody_else_approves(file):
    file.write(lambda tx: settings.set_value(tx, "team_mode", "pair", file.ann))
    made = save(file)
    assert fault(file, lambda tx: templates.approve(tx, made.version_id, made.hash, file.ann)) is (
        CommandFault.SAME_PERSON
    )
    approve(file, made, file.ben)
    (row,) = file.read(templates.list_templates)
    assert (row.versions[0].approved_by, row.versions[0].look) == ("Ben", "person_here")


def test_an_ended_or_damaged_approval_counts_no_more(file):
    made = save(file)
    approve(file, made)
    file.write(lambda tx: approvals.end(tx, approvals.TEMPLATE, made.version_id, "test"))
    assert not file.read(templates.is_approved, made.version_id)
    approve(file, made)
    assert file.read(templates.is_approved, made.version_id)
    file.execute("UPDATE template_version SET body = 'Pay {name}'")
    assert not file.read(templates.is_approved, made.version_id)


def test_an_approval_that_ends_by_time_needs_the_time_to_be_known(file):
    made = save(file)
    file.execute(
        "INSERT INTO approval(subject, subject_id, hash, person_id, kind, at, ends_at)"
        " VALUES ('template', ?, ?, 1, 'self', 0, ?)",
        made.version_id, made.hash, file.clock.now + 1000,
    )  # fmt: skip
    assert not file.read(templates.is_approved, made.version_id)
    assert file.read(templates.is_approved, made.version_id, file.clock.now)
    assert not file.read(templates.is_approved, made.version_id, file.clock.now + 1000)


def test_approvals_are_never_changed_or_removed(file):
    approve(file, save(file))
    for sql in ("UPDATE approval SET person_id = 2", "DELETE FROM approval"):
        with pytest.raises(Exception, match="append only"):
            file.execute(sql)


def test_templates_are_listed_by_folder_and_name_and_found_by_words(file):
    b = save(file, "We refund you", name="b", folder="Money")
    save(file, "Hello", name="a", folder="Money")
    save(file, "Bye", name="z")
    assert [t.name for t in file.read(templates.list_templates)] == ["z", "a", "b"]
    assert [t.name for t in file.read(templates.list_templates, "MONEY refund")] == ["b"]
    file.write(lambda tx: templates.archive(tx, b.template_id, True, file.ann))
    assert [t.name for t in file.read(templates.list_templates, "refund")] == []
    (row,) = file.read(templates.list_templates, "refund", with_archived=True)
    assert row.versions[0].state is TemplateState.ARCHIVED


def test_a_draft_is_kept_replaced_and_removed_by_an_empty_text(file):
    (mention,) = file.fill(1)
    draft = Draft(mention, "Dear {name}", 3, (("name", "Әлия {x}"),), "kk", file.clock.now)
    file.write(lambda tx: drafts.save(tx, draft, file.ann))
    assert file.read(drafts.read, mention) == draft
    assert file.row(mention).has_draft
    file.write(lambda tx: drafts.save(tx, Draft(mention, " "), file.ann))
    assert file.read(drafts.read, mention) is None


def test_one_label_per_spelling_whatever_its_case(file):
    first = file.write(lambda tx: labels.find_or_make(tx, " Ärger  hier "))
    assert file.write(lambda tx: labels.find_or_make(tx, "ÄRGER HIER")) == first
    assert [label.name for label in file.read(labels.list_labels)] == ["Ärger hier"]
    for bad in ("", " \n", "x" * 61):
        assert fault(file, lambda tx, b=bad: labels.find_or_make(tx, b)) is CommandFault.BAD_INPUT


def test_people_have_names_of_their_own_and_one_is_here(file):
    assert fault(file, lambda tx: people.add_person(tx, "ann", 1)) is CommandFault.BAD_INPUT
    file.write(lambda tx: people.be_person(tx, file.ben, file.ann))
    assert [(p.name, p.is_here) for p in file.read(people.list_people)] == [
        ("Ann", False), ("Ben", True),
    ]  # fmt: skip
    assert fault(file, lambda tx: people.be_person(tx, 99, 1)) is CommandFault.NOT_FOUND


def test_a_setting_goes_back_to_its_default(file):
    file.write(lambda tx: settings.set_value(tx, "theme", "dark", file.ann))
    assert file.read(settings.read_all)["theme"] == "dark"
    file.write(lambda tx: settings.set_value(tx, "theme", "", file.ann))
    assert "theme" not in file.read(settings.read_all)


def test_a_workspace_has_one_lasting_name(file):
    first = file.write(settings.workspace_id)
    file.reopen()
    assert file.write(settings.workspace_id) == first


def test_saved_views_keep_their_order(file):
    ids = [file.write(lambda tx, n=n: saved_views.save_view(tx, n, "late", 1))[0] for n in "abc"]
    file.write(lambda tx: saved_views.save_view(tx, "B", "refund", 1, ids[1]))
    file.write(lambda tx: saved_views.delete_view(tx, ids[0], 1))
    assert [(v.name, v.search) for v in file.read(saved_views.list_views)] == [
        ("B", "refund"), ("c", "late"),
    ]  # fmt: skip
    assert fault(file, lambda tx: saved_views.delete_view(tx, ids[0], 1)) is CommandFault.NOT_FOUND
