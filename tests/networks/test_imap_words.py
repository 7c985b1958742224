"""Letters from everybody's programs: whatever they declare, their words come through."""

import base64
import email.header
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.networks.imap.parts import TextPart
from socialdesk.networks.imap.words import decoded, header_text, part_text, unflowed
from tests.networks.imap_kit import fetched, letter, only

RUSSIAN = "Здравствуйте! Хлеб чёрствый, верните деньги."


@pytest.mark.parametrize("charset", ["koi8-r", "windows-1251", "utf-8", "utf-16", "iso-8859-5"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_words_in_every_encoding(charset, encoding):
    pack = base64.encodebytes if encoding == "base64" else quopri.encodestring
    mention = only(
        letter(
            pack(RUSSIAN.encode(charset)),
            Content_Type=f"text/plain; charset={charset}",
            Content_Transfer_Encoding=encoding,
        )
    )
    assert mention.body == RUSSIAN


@pytest.mark.parametrize(
    ("real", "declared"),
    [
        ("windows-1251", "utf-8"), ("koi8-r", "us-ascii"), ("windows-1251", ""),
        ("utf-8", "us-ascii"), ("utf-8", "iso-8859-1"), ("windows-1251", "x-unknown"),
        ("utf-8", "rot13"), ("utf-8", "base64"), ("utf-8", "\x00"),
    ],
)  # fmt: skip
def test_a_wrong_encoding_is_seen_through(real, declared):
    assert decoded(RUSSIAN.encode(real), declared) == RUSSIAN


@pytest.mark.parametrize(
    "declared",
    ["punycode", "idna", "unicode_escape", "raw-unicode-escape", "undefined", "mbcs", "oem"],
)
def test_an_encoding_of_pythons_own_is_nobodys(declared):
    """Half a megabyte of the first kept a mailbox busy for many seconds a part."""
    assert decoded(RUSSIAN.encode(), declared) == RUSSIAN
    assert decoded(rb"caf\xe9-xn--a", declared) == r"caf\xe9-xn--a"


def test_western_words_without_an_encoding():
    assert decoded("Schöne Grüße aus Köln".encode("cp1252"), "") == "Schöne Grüße aus Köln"
    assert decoded("3 € für dich".encode("iso-8859-15"), "iso-8859-15") == "3 € für dich"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?utf-8?B?0KXQu9C10LE=?=", "Хлеб"),
        (b"=?koi8-r?Q?=E8=CC=C5=C2?= and =?utf-8?q?=E2=98=85?=", "Хлеб and ★"),
        (b"=?utf-8?B?0KXQu9A=?= =?utf-8?B?tdCx?=", "Хлеб"),  # a letter cut in two
        (b"=?utf-8?Q?a_b?=\r\n =?utf-8?Q?_c?=", "a b c"),
        ("Хлеб".encode(), "Хлеб"),  # raw, as many programs send it
        ("Хлеб свежий".encode("cp1251"), "Хлеб свежий"),
        (b"=?utf-8?B?!!!?=", "=?utf-8?B?!!!?="),
        (b"=?x-none?Q?abc?=", "abc"),
        (b"tab\tand \x00 control", "tab and control"),
        (b"", ""),
    ],
)
def test_headers_are_decoded(raw, text):
    assert header_text(raw) == text


def test_names_with_commas_and_brackets():
    name = email.header.Header("Пример, Анна <shop>", "utf-8").encode()
    mention = only(letter(From=f"{name} <Ann@People.Example>"))
    assert mention.author.name == "Пример, Анна <shop>"
    assert mention.author.handle == mention.author.remote_id == "ann@people.example"


def test_damaged_quoted_printable_is_read_over():
    part = TextPart("1", False, "utf-8", "quoted-printable")
    assert part_text(b"caf=C3=A9 =\r\n=ZZ soft=\r\nly =", part).startswith("café =ZZ softly")


def test_damaged_base64_is_read_over():
    whole = base64.b64encode(("words " * 40).encode())
    part = TextPart("1", False, "utf-8", "base64")
    assert part_text(whole[:-2], part).startswith("words words")
    assert "words" in part_text(b"*" + whole, part)


def test_soft_line_ends_are_joined():
    text = "One line \nthat goes on\n> quoted \n> too\n  indented\n-- \nAnn"
    assert unflowed(text) == "One line that goes on\n> quoted too\n indented\n-- \nAnn"
    assert unflowed("日本 \n語", is_joined=True) == "日本語"


def test_a_flowed_letter_is_joined():
    raw = letter(
        b"One line \r\nthat goes on\r\nand another\r\n",
        Content_Type="text/plain; charset=utf-8; format=flowed",
    )
    assert only(raw).body == "One line that goes on\nand another"


def test_long_soft_lines_take_no_long_time():
    assert len(unflowed("words \n" * 90_000)) == 540_000


@given(
    st.binary(max_size=300),
    st.text(max_size=12),
    st.sampled_from(["base64", "x-uuencode", "", "quoted-printable"]),
)
def test_no_bytes_raise(raw, charset, encoding):  # fmt: skip
    part = TextPart("1", True, charset, encoding, True, True)
    assert isinstance(part_text(raw, part), str)
    assert isinstance(header_text(raw), str)


@given(st.binary(max_size=200))
def test_any_header_makes_a_mention_or_a_reject(raw):
    page = fetched(raw + b"\r\n\r\nWords", letter(Message_ID="<good@people.example>"))
    assert len(page.mentions) + len(page.rejects) == 2
    assert "mid:good@people.example" in {m.uri for m in page.mentions}


def test_no_mention_holds_what_no_file_can():
    raw = letter(b"NUL \x00 and =ED=A0=80", Content_Transfer_Encoding="quoted-printable")
    mention = only(raw)
    assert "\x00" not in mention.body
    mention.body.encode()
