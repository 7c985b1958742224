"""CSV files of people, as spreadsheets of three languages and two decades wrote them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.people.contact import FieldKind, Profile, clean_profile, is_email
from socialdesk.engine.contact_files.tables import read_table, write_table
from socialdesk.engine.table_files.source import guess_delimiter, guess_encoding, read_source

RUSSIAN = (
    "Имя;Организация;Эл. почта;Телефон;Метки\r\n"
    "Анна Ким;Булочная Рожь;anna@pond.example;+7 701 000 00 01;пресса; \r\n"
).replace("; \r\n", "\r\n") + "Иван Петров;;ivan@pond.example;;\r\n"
KAZAKH = "Аты жөні,Ұйымы,Пошта\nӘсел Қуанышқызы,Наубайхана,asel@pond.example\n"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (KAZAKH, "utf-8"),
        (KAZAKH, "utf-16"),
    ],
)
def test_the_encoding_is_found_out(tmp_path, text, codec):
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode(codec))
    source = read_source(str(path))
    assert source.text.splitlines() == text.splitlines()
    assert not source.is_vcard
    parsed = read_table(source.text)
    assert parsed.faults == []
    assert parsed.people[0].profile.name in {"Анна Ким", "Әсел Қуанышқызы"}
    assert parsed.people[0].profile.org
    assert parsed.people[0].profile.fields[0][0] == "email"


def test_an_old_kazakh_file_is_read_when_its_encoding_is_named(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(KAZAKH.encode("kz1048"))
    source = read_source(str(path), "kz1048")
    assert read_table(source.text).people[0].profile.name == "Әсел Қуанышқызы"


def test_the_wrong_encoding_breaks_rows_instead_of_storing_noise(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    parsed = read_table(read_source(str(path), "utf-8").text, ";", ("name", "", "", "", ""))
    assert parsed.people == []
    assert [(f.line, f.code) for f in parsed.faults] == [(2, "encoding"), (3, "encoding")]


def test_broken_rows_are_named_by_the_line_they_begin_in():
    text = (
        'name,email\n"two\nlines",ann@pond.example\nonly one\nBen,not a mail\n,\n'
        'Bad "quote,x@pond.example\n,,\n"",""\nZoe,zoe@pond.example\n"open,zoe@pond.example\n'
    )
    parsed = read_table(text)
    assert [(p.line, p.profile.name) for p in parsed.people] == [
        (2, "two lines"), (7, 'Bad "quote'), (10, "Zoe"),
    ]  # fmt: skip
    assert [(f.line, f.code) for f in parsed.faults] == [(4, "cells"), (5, "email"), (11, "quote")]


def test_first_and_last_name_make_a_name():
    parsed = read_table("First Name\tSurname\tE-mail\nAnn\tLee\tann@pond.example\n")
    assert parsed.delimiter == "\t"
    assert parsed.people[0].profile.name == "Ann Lee"


def test_a_column_of_addresses_is_mail_whatever_its_header():
    parsed = read_table("кто;куда\nАнна;anna@pond.example\n")
    assert parsed.columns == ("", "email")
    assert parsed.people[0].profile.name == "anna@pond.example"


def test_columns_can_be_named_by_hand():
    parsed = read_table("a,b\nAnn,Bakers\n", columns=("name", "org"))
    assert parsed.people[0].profile == Profile("Ann", "Bakers")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(sign):
    rows = [["name", "email", "city, part"], ["Ann; B", "a@pond.example", "x"]]
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(rows)
    assert guess_delimiter(out.getvalue()) == sign


@pytest.mark.parametrize("text", ["", "\n\n", "name,email\n", "\ufeff"])
def test_an_empty_file_has_nobody(text):
    assert read_table(text).people == []


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_row_by_row(raw):
    parsed = read_table(raw.decode(guess_encoding(raw), "replace"))
    assert all(p.profile.name for p in parsed.people)
    assert all(f.line >= 1 for f in parsed.faults)


values = st.text(max_size=30)
kinds = st.sampled_from([kind.value for kind in FieldKind])
profiles = st.builds(
    Profile, name=values, org=values, channel=st.sampled_from(["", "email", "mastodon"]),
    crm_url=values, fields=st.lists(st.tuples(kinds, values), max_size=6).map(tuple),
).map(clean_profile).filter(
    lambda p: p.name and all(
        is_email(v) and not set(v) & set(";, ") for k, v in p.fields if k == "email"
    )
)  # fmt: skip
names = st.lists(
    st.text("abcЖқ=+-@ '", min_size=1, max_size=9).map(lambda t: " ".join(t.split())),
    max_size=3,
    unique=True,
).map(lambda found: tuple(label for label in found if label))
people = st.lists(st.tuples(profiles, names), min_size=1, max_size=5)


@given(people)
def test_what_is_written_is_read_back_the_same(written):
    out = io.StringIO()
    write_table(out, written)
    parsed = read_table(out.getvalue(), ",")
    assert parsed.faults == []
    assert [(p.profile, p.labels) for p in parsed.people] == written


@pytest.mark.promise(34)
@given(people)
def test_no_cell_begins_like_a_formula(written):
    out = io.StringIO()
    write_table(out, written)
    for row in csv.reader(io.StringIO(out.getvalue())):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
