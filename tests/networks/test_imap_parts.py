"""Which parts of a letter are asked for, and that nothing else ever is."""

import pytest

from socialdesk.networks.imap.grammar import read_values
from socialdesk.networks.imap.parts import MAX_PART_BYTES, MAX_TEXTS, text_parts
from tests.networks import fake_imap
from tests.networks.fake_imap import FakeImap
from tests.networks.imap_kit import MENTIONS, SINCE, fetched, letter, only
from tests.networks.imap_structure import structure_of
from tests.networks.samples.imap import SAMPLE


def multipart(kind, *parts, boundary="b"):
    """A letter of several parts, each given with its own headers."""
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts) + f"--{boundary}--\r\n"
    return letter(body.encode(), Content_Type=f"multipart/{kind}; boundary={boundary}")


def sections(raw):
    return [part.section for part in text_parts(read_values([structure_of(raw)])[0])]


PLAIN = "Content-Type: text/plain\r\n\r\nplain words"
HTML = "Content-Type: text/html\r\n\r\n<p>rich <b>words</b></p>"
PICTURE = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA"


def test_a_letter_of_one_part():
    assert sections(letter()) == ["1"]


def test_both_forms_of_the_words_are_asked_for():
    assert sections(multipart("alternative", PLAIN, HTML)) == ["1", "2"]
    assert only(multipart("alternative", PLAIN, HTML)).body == "plain words"
    assert only(multipart("alternative", HTML)).body == "rich words"


def test_pictures_and_attachments_are_not():
    named = 'Content-Type: text/plain; name="log.txt"\r\nContent-Disposition: inline\r\n\r\nlog'
    kept = "Content-Type: text/html\r\nContent-Disposition: attachment\r\n\r\n<p>page</p>"
    assert sections(multipart("mixed", PICTURE, PLAIN, named, kept)) == ["2"]


def test_parts_within_parts_have_their_numbers():
    inner = (
        f"Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n{PLAIN}\r\n"
        f"--c\r\n{HTML}\r\n--c--"
    )
    assert sections(multipart("mixed", inner, PICTURE)) == ["1.1", "1.2"]


def test_a_letter_in_a_letter_is_read_where_there_are_no_other_words():
    inside = f"Content-Type: message/rfc822\r\n\r\nSubject: Old\r\n{PLAIN}"
    assert sections(multipart("mixed", inside)) == ["1.1"]
    assert only(multipart("mixed", inside)).body == "plain words"
    assert sections(multipart("mixed", PLAIN, inside)) == ["1"]


def test_a_letter_without_words_is_kept_by_its_subject():
    mention = only(multipart("mixed", PICTURE))
    assert (mention.title, mention.body) == ("Hello", "Hello")


def test_a_broken_boundary_loses_nothing_else():
    raw = letter(b"--other\r\nwords", Content_Type="multipart/mixed; boundary=b")
    page = fetched(raw, letter(Message_ID="<2@people.example>"))
    assert "mid:2@people.example" in {m.uri for m in page.mentions}
    assert len(page.mentions) + len(page.rejects) == 2


def test_a_bomb_of_parts_is_looked_at_only_so_far():
    assert len(sections(multipart("mixed", *[PLAIN] * 2000))) == MAX_TEXTS
    assert sections(multipart("mixed", *[PICTURE] * 2000, PLAIN)) == []


@pytest.mark.parametrize(
    "structure",
    [
        b"(" * 5000 + b'"TEXT" "PLAIN"' + b")" * 5000,
        b"((((",
        b"NIL",
        b"()",
        b'("TEXT")',
        b'("TEXT" "PLAIN" NIL NIL NIL "7BIT" lots)',
    ],
)
def test_an_odd_structure_is_a_reject_and_costs_nothing_else(structure, monkeypatch):
    def told(raw):
        return structure if b"<odd@" in raw else structure_of(raw)

    monkeypatch.setattr(fake_imap, "structure_of", told)
    page = fetched(letter(Message_ID="<odd@people.example>"), letter(), letter(Message_ID="<2@a>"))
    assert [m.uri for m in page.mentions] == ["mid:1@people.example", "mid:2@a"]
    (reject,) = page.rejects
    assert reject.raw.startswith(b"uid 1")


def test_parts_too_deep_are_left_where_they_are(monkeypatch):
    deep = b"(" * 90 + b'"TEXT" "PLAIN" NIL NIL NIL "7BIT" 9 1' + b")" * 90
    monkeypatch.setattr(fake_imap, "structure_of", lambda _: deep)
    assert only(letter()).body == "Hello"  # its subject


def test_no_more_of_a_part_is_asked_for_than_is_read():
    server = FakeImap()
    server.add(letter(b"long words " * 200_000))
    (mention,) = SAMPLE.connect(server).fetch(MENTIONS, None, since=SINCE).mentions
    assert len(mention.body) <= 64 * 1024
    asked = [said for said in server.said if b"BODY.PEEK[1]" in said]
    assert asked == [f"UID FETCH 1 (UID BODY.PEEK[1]<0.{MAX_PART_BYTES}>)".encode()]


def test_a_server_that_gives_whole_parts_is_understood(monkeypatch):
    hear = fake_imap.FakeSocket._say
    monkeypatch.setattr(
        fake_imap.FakeSocket, "_say", lambda self, line: hear(self, line.replace(b"]<0>", b"]"))
    )
    assert only(letter(b"whole words")).body == "whole words"


HOSTILE = (
    '<img src="https://track.example/pixel.gif"><script>steal()</script>'
    '<a href="javascript:alert(1)">click</a> <a href="https://shop.example/1">our page</a>'
    '<div style="display:none">x</div><iframe src="https://evil.example"></iframe>'
    "<form action=https://evil.example><input value=secret></form><p>Words</p>"
)


def test_hostile_html_is_words_and_links_only():
    raw = letter(HOSTILE.encode(), Content_Type="text/html; charset=utf-8")
    body = only(raw).body
    assert "Words" in body and "our page (https://shop.example/1)" in body
    for bad in ("track.example", "steal", "javascript", "evil.example", "<"):
        assert bad not in body
