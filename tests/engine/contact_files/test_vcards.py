"""vCards of three versions, whole, broken and written by ourselves."""

import io

import pytest
from hypothesis import given

from socialdesk.domain.people.contact import Profile
from socialdesk.engine.contact_files.vcards import read_vcards, write_vcards
from socialdesk.engine.table_files.source import read_source
from tests.engine.contact_files.test_tables import people

V21 = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CA=E8=EC;=C0=ED=ED=E0;;;\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=90=D0=BD=D0=BD=D0=B0 =\r\n"
    "=D0=9A=D0=B8=D0=BC\r\n"
    "TEL;CELL;VOICE:+7 701 000 00 01\r\nEMAIL;INTERNET:Anna@pond.example\r\n"
    "PHOTO;JPEG;ENCODING=BASE64:/9j/4AAQSkZJRgABAQAAAQABAAD\r\nabcdefgh12345678\r\nZZ==\r\n\r\n"
    "ORG:Rye;Shop\r\nEND:VCARD\r\n"
)
V30 = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Lee;Ann;B.;;\nFN:Ann B. Lee\n"
    "item1.EMAIL;type=INTERNET:ann@pond.example\n"
    "ADR;TYPE=HOME:;;1 Mill Street;Pondville;;0100;KZ\nBDAY:1990-04-12\nCATEGORIES:press,regular\n"
    "NOTE:Likes rye\\, not wheat\\nSecond line\n"
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\n SkZJRg\nEND:VCARD\n"
)
V40 = (
    "BEGIN:VCARD\nVERSION:4.0\nFN:Әсел Қуанышқызы\nN:Қуанышқызы;Әсел;;;\n"
    'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+7-701-000\nEMAIL;PREF=1:asel@pond.example\n'
    "BDAY:--0412\nKIND:individual\nGENDER:F\nIMPP:xmpp:asel@pond.example\n"
    "PHOTO:data:image/jpeg;base64,AAAA\nURL:https://asel.example\nEND:VCARD\n"
)


def only(text: str):
    parsed = read_vcards(text)
    assert parsed.faults == []
    (found,) = parsed.people
    return found


def test_version_2_1_with_quoted_printable_and_its_own_charset():
    found = only(V21)
    assert found.profile == Profile(
        "Анна Ким", "Rye, Shop",
        fields=(("email", "anna@pond.example"), ("phone", "+7 701 000 00 01")),
    )  # fmt: skip


def test_version_2_1_without_a_full_name_in_cp1251():
    found = only("\r\n".join(line for line in V21.split("\r\n") if "FN;" not in line[:3]
                             and not line.startswith("=D0")))  # fmt: skip
    assert found.profile.name == "Анна Ким"


def test_version_3_0():
    found = only(V30)
    assert found.profile.name == "Ann B. Lee"
    assert dict(found.profile.fields) == {
        "email": "ann@pond.example",
        "address": "1 Mill Street, Pondville, 0100, KZ",
        "birthday": "1990-04-12",
    }
    assert found.labels == ("press", "regular")
    assert found.note == "Likes rye, not wheat\nSecond line"


def test_version_4_0():
    found = only(V40)
    assert found.profile.name == "Әсел Қуанышқызы"
    assert dict(found.profile.fields) == {
        "email": "asel@pond.example", "phone": "+7-701-000", "url": "https://asel.example",
        "birthday": "--0412", "handle": "xmpp:asel@pond.example",
    }  # fmt: skip


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_file_of_cards_in_any_encoding(tmp_path, codec):
    path = tmp_path / "people.vcf"
    plain = "BEGIN:VCARD\nVERSION:2.1\nFN:Анна Ким\nTEL:+7 701 000\nEND:VCARD\n" * 3
    path.write_bytes(plain.encode(codec))
    source = read_source(str(path))
    assert source.is_vcard
    assert [p.profile.name for p in read_vcards(source.text).people] == ["Анна Ким"] * 3


def test_broken_cards_cost_themselves_alone():
    text = (
        V30 + "BEGIN:VCARD\nVERSION:3.0\nFN:never ended\n" + V40
        + "BEGIN:VCARD\nVERSION:9.9\nFN:x\nEND:VCARD\n"
        + "BEGIN:VCARD\nVERSION:3.0\nFN:bad\nthis is no line\nEND:VCARD\n"
        + "BEGIN:VCARD\nVERSION:3.0\nTEL:1\nEND:VCARD\n" + "BEGIN:VCARD\nFN:cut"
    )  # fmt: skip
    parsed = read_vcards(text)
    assert [p.profile.name for p in parsed.people] == ["Ann B. Lee", "Әсел Қуанышқызы"]
    assert [(f.line, f.code) for f in parsed.faults] == [
        (13, "end"), (29, "version"), (33, "card"), (38, "nobody"), (42, "end"),
    ]  # fmt: skip


def test_a_picture_is_not_read():
    huge = "PHOTO;ENCODING=b:" + "A" * 3_000_000 + "\n"
    assert only(V30.replace("PHOTO;", huge + "PHOTO;")).profile.name == "Ann B. Lee"


@given(people)
@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_what_is_written_is_read_back_the_same(version, written):
    out = io.StringIO(newline="")
    write_vcards(out, written, version)
    assert all(len(line.encode()) <= 75 for line in out.getvalue().split("\r\n"))
    parsed = read_vcards(out.getvalue())
    assert parsed.faults == []
    assert [(p.profile, p.labels) for p in parsed.people] == written
