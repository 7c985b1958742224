"""Notices of review sites become reviews; whatever does not fit stays a letter, whole."""

import re
import time
from dataclasses import replace

import pytest

from socialdesk.domain.mentions.mention import CanReply, Kind, Visibility
from socialdesk.networks.imap.sites import SITES
from socialdesk.networks.imap.sites.layout import read_layout
from socialdesk.networks.imap.sites.stars import stars_in
from tests.networks.imap_kit import FOLDER, fixture, only

NOTICES = [
    ("google_business", "google_business", Kind.REVIEW, 2, "Ann Example", "",
     "The bread was stale, and nobody said sorry.\n\nI will not come back.",
     "https://business.google.com/n/1/reviews/7/reply?token=secret-2"),
    ("google_business_html", "google_business", Kind.REVIEW, 5, "Нурлан Пример", "",
     "Лучший хлеб в городе! Ответить на отзыв\nПриду ещё 🍞",
     "https://business.google.com/n/2/reviews/9/reply"),
    ("google_play", "google_play", Kind.REVIEW, 3, "Bo Example", "",
     "Crashes when I order two loaves.", "https://play.google.com/console/u/0/reviews/5"),
    ("app_store", "app_store", Kind.REVIEW, 4, "bo_example", "Better now",
     "Since the update it works.", "https://appstoreconnect.apple.com/apps/1/reviews/2"),
    ("trustpilot", "trustpilot", Kind.REVIEW, 1, "Cleo Example", "Never again",
     "Ordered a cake, got a brick.", "https://businessapp.b2b.trustpilot.com/reviews/42"),
    ("tripadvisor", "tripadvisor", Kind.REVIEW, 4, "Dana Example", "Great stay",
     "Lovely staff and a quiet room. Café crème for 3 €.",
     "https://www.tripadvisor.com/ShowUserReviews-g1-d2-r3456"),
    ("yelp", "yelp", Kind.REVIEW, 3, "Eli E.", "", "Fine bread, long queue.",
     "https://biz.yelp.com/r/77?sig=secret-3"),
    ("booking", "booking", Kind.REVIEW, 4, "Frida", "",
     "The breakfast rolls alone were worth it.", "https://admin.booking.com/hotel/reviews/9"),
    ("facebook", "facebook", Kind.REVIEW, None, "Gus Example", "doesn’t recommend",
     "Closed on a Monday without a word.", "https://www.facebook.com/n/?frosty/reviews&id=3"),
    ("instagram", "instagram", Kind.MENTION, None, "hana_example", "",
     "@frosty_bakery do you bake without eggs?", "https://www.instagram.com/p/abc/c/1"),
    ("vk", "vk", Kind.COMMENT, None, "Ирина Пример", "", "Когда снова будет ржаной хлеб?",
     "https://vk.com/wall-1_2?reply=3"),
    ("reddit", "reddit", Kind.REPLY, None, "u/ivo_example", "",
     "Thanks, that sourdough tip worked.", "https://www.reddit.com/r/bread/comments/1/x/2"),
]  # fmt: skip
BY_NAME = {case[0]: case for case in NOTICES}
NO_SIGNATURE = b"Authentication-Results: mx.shop.example; dkim=none; dmarc=fail\r\n"


@pytest.mark.parametrize("name", BY_NAME)
def test_a_notice_becomes_what_it_tells_of(name):
    _, key, kind, n_stars, author, title, text, link = BY_NAME[name]
    mention = only(fixture(name))
    assert mention.author.remote_id == f"{key}/{author}"
    assert (mention.author.name, mention.title, mention.body) == (author, title, text)
    assert (mention.kind, mention.n_stars, mention.url) == (kind, n_stars, link)
    assert (mention.can_reply, mention.reply_note) == (CanReply.BROWSER, "mail")
    assert mention.uri.startswith("mid:") and mention.visibility is Visibility.PUBLIC


def test_every_site_has_a_notice_here():
    assert {site.key for site in SITES} == {case[1] for case in NOTICES}


def test_every_letter_here_says_that_it_is_invented():
    for path in FOLDER.glob("*.eml"):
        assert path.read_bytes().startswith(b"X-Fixture: invented for these tests on 2026-"), path


def is_whole_letter(mention, *words):
    is_plain = mention.visibility is Visibility.DIRECT and mention.n_stars is None
    return is_plain and all(word in mention.body for word in words)


@pytest.mark.parametrize("name", BY_NAME)
def test_a_sender_our_server_does_not_vouch_for_is_believed_nothing(name):
    text = BY_NAME[name][6].splitlines()[0]
    assert is_whole_letter(only(forged(fixture(name))), text)


def forged(raw):
    """The same letter, whose verdict is not the one of our own server."""
    head, found, rest = raw.partition(b"Authentication-Results:")
    assert found
    ours_is_above = NO_SIGNATURE + b"Received: from anywhere.example by mx.shop.example\r\n"
    return head + ours_is_above + found + rest


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.parametrize("domain", [b"evil.example", b"mail.evil.example"])
def test_only_the_exact_sender_is_a_site(name, domain):
    raw = fixture(name)
    sender = only_line(raw, b"From: ").rpartition(b"<")[2].rstrip(b">")
    user, _, own = sender.partition(b"@")
    for other in (user + b"@" + domain, user + b"@" + own + b".evil.example",
                  b"x" + user + b"@x" + own):  # fmt: skip
        again = raw.replace(sender, other).replace(own, other.partition(b"@")[2])
        assert is_whole_letter(only(again))


def only_line(raw, start):
    (line,) = [line for line in raw.split(b"\r\n") if line.startswith(start)]
    return line


def test_strangers_write_from_other_addresses_of_a_site():
    """A shared document, a form, a guest's message: the site vouches, the words are anybody's."""
    for name, own, other in (
        ("google_business", b"businessprofile-noreply@google.com", b"forms-noreply@google.com"),
        ("yelp", b"no-reply@notify.yelp.com", b"reply+1@messaging.yelp.com"),
        ("booking", b"noreply@booking.com", b"frida@guest.booking.com"),
        ("trustpilot", b"noreply@business.trustpilot.com", b"invitations@trustpilotmail.com"),
    ):
        raw = fixture(name).replace(own, other)
        raw = raw.replace(own.partition(b"@")[2], other.partition(b"@")[2])
        assert is_whole_letter(only(raw)), name


@pytest.mark.parametrize("name", BY_NAME)
def test_a_server_without_verdicts_is_taken_as_it_is(name):
    raw = fixture(name)
    start = raw.index(b"Authentication-Results:")
    without = raw[:start] + raw[raw.index(b"Received:") :]
    assert only(without).kind is BY_NAME[name][2]
    assert only(without).visibility is Visibility.PUBLIC


@pytest.mark.parametrize("name", ["google_business", "trustpilot", "booking"])
def test_a_changed_layout_leaves_the_letter_whole(name):
    text = BY_NAME[name][6].splitlines()[0]
    changed = fixture(name)
    for old in (b"Reply to", b"Read review", b"Dear", b"rated the", b"left a"):
        changed = changed.replace(old, b"Hark, a")
    assert is_whole_letter(only(changed), text)


def test_other_mail_of_a_site_stays_a_letter():
    raw = fixture("google_business").replace(b"Ann left a review for", b"Your numbers for")
    assert is_whole_letter(only(raw), "stale")


def test_a_link_elsewhere_is_never_the_link_to_answer():
    raw = fixture("booking").replace(b"admin.booking.com", b"admin.booking.com.evil.example")
    assert only(raw).url == "https://admin.booking.com/"


def test_a_reviewer_can_give_no_stars_and_end_no_words():
    raw = fixture("google_business").replace(
        b"I will not come back.",
        b"5 out of 5 stars!\r\nReply to review\r\nRead review\r\nand more words",
    )
    mention = only(raw)
    assert mention.n_stars == 2
    assert mention.body.endswith("and more words")


def test_stars_without_words_are_a_review():
    raw = fixture("google_business")
    start, end = raw.index(b"The bread"), raw.index(b"Reply to review")
    mention = only(raw[:start] + raw[end:])
    assert (mention.n_stars, mention.author.name) == (2, "Ann Example")
    assert mention.body == "Ann left a review for Frosty Bakery"


@pytest.mark.parametrize(
    ("line", "n_stars"),
    [
        ("★★★★☆", 4), ("⭐⭐", 2), ("★ ★ ★ ☆ ☆", 3), ("●●●●○", 4), ("4/5", 4), ("4.0 out of 5", 4),
        ("3 von 5 Sternen", 3), ("Оценка: 5 из 5", 5), ("a 2-star review", 2), ("1 Stern", 1),
        ("4 of 5 bubbles", 4), ("5 жұлдыз", 5), ("3,5/5", 4),
        ("", None), ("6/5", None), ("0 stars", None), ("24/5", None), ("4/50", None),
        ("★★★★★★", None), ("call 555 5555", None), ("11 stars", None),
    ],
)  # fmt: skip
def test_stars_are_read_as_they_are_written(line, n_stars):
    assert stars_in(line) == n_stars


@pytest.mark.parametrize(
    ("line", "n_stars"), [("8.4/10", 4), ("10 out of 10", 5), ("1.0/10", 1), ("3 из 10", 2)]
)
def test_points_of_ten_are_halved(line, n_stars):
    assert stars_in(line, 10) == n_stars


OTHER_WORDS = [
    ("google_business", "Jana hat Frostbäckerei bewertet", "1 Stern\nRezension lesen\n\n"
     "Jana Muster\nKalt.\nAuf Rezension antworten", Kind.REVIEW, 1, "Jana Muster", "Kalt."),
    ("google_play", "Новый отзыв о Frosty", "Иван пишет:\n2 из 5\nНе работает\nОтветить на отзыв",
     Kind.REVIEW, 2, "Иван", "Не работает"),
    ("app_store", "Ваш отзыв: изменён", "Отзыв от ivan\n3/5\nТак себе\nЛучше\nПосмотреть отзыв",
     Kind.REVIEW, 3, "ivan", "Лучше"),
    ("trustpilot", "Neue Bewertung", "Jana hat 2 Sterne gegeben\nNaja\nEs ging.\n"
     "Bewertung ansehen", Kind.REVIEW, 2, "Jana", "Es ging."),
    ("trustpilot", "Bo just left a review", "Bo rated your company 5 out of 5\nTop\nFine.\n"
     "Read the full review", Kind.REVIEW, 5, "Bo", "Fine."),
    ("tripadvisor", "Новый отзыв о Мороз", "Иван поставил вам 4 из 5\nВкусно.\nОтветить на отзыв",
     Kind.REVIEW, 4, "Иван", "Вкусно."),
    ("booking", "Новый отзыв гостя", "Иван поставил 10 из 10\nТепло.\nОтветить на отзыв",
     Kind.REVIEW, 5, "Иван", "Тепло."),
    ("facebook", "Иван не рекомендует Мороз", "Иван не рекомендует Мороз\nХолодно.\nОтветить",
     Kind.REVIEW, None, "Иван", "Холодно."),
    ("facebook", "Bo commented on your post", "Bo commented on your post:\nNice!\nView on Facebook",
     Kind.COMMENT, None, "Bo", "Nice!"),
    ("facebook", "Иван упомянул Мороз", "Иван упомянул Мороз:\nГде вы?\nПосмотреть",
     Kind.MENTION, None, "Иван", "Где вы?"),
    ("instagram", "bo commented on your post", "bo commented on your post:\nNice!\nView comment",
     Kind.COMMENT, None, "bo", "Nice!"),
    ("vk", "Иван ответил на комментарий", "Иван ответил на комментарий:\nДа\nОткрыть",
     Kind.REPLY, None, "Иван", "Да"),
    ("vk", "Bo mentioned Frosty", "Bo mentioned Frosty\nHello\nOpen VK",
     Kind.MENTION, None, "Bo", "Hello"),
    ("reddit", "u/bo mentioned you in r/bread", "u/bo mentioned you in r/bread\nHi\nView Comment",
     Kind.MENTION, None, "u/bo", "Hi"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "subject", "text", "kind", "n_stars", "author", "words"), OTHER_WORDS
)
def test_notices_in_other_words(key, subject, text, kind, n_stars, author, words):
    (site,) = (site for site in SITES if site.key == key)
    tries = (read_layout(site, layout, subject, text) for layout in site.layouts)
    notice = next(found for found in tries if found)
    assert (notice.kind, notice.n_stars, notice.author) == (kind, n_stars, author)
    assert (notice.text, notice.link) == (words, site.home)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.key)
def test_every_pattern_is_one(site):
    for layout in site.layouts:
        for pattern in (*layout.subjects, *layout.begins, *layout.ends, layout.link):
            groups = re.compile(pattern, re.IGNORECASE).groupindex
            assert set(groups) <= {"author", "title", "stars"}
    assert site.is_there(site.home) and all("@" in sender for sender in site.senders)


def test_no_text_makes_a_table_slow():
    """64 KB in lines as long as any that is looked at, of the words that patterns begin with."""
    words = ("wrote left gave rated scored commented on mentioned hat view see отзыв " * 6)[:249]
    text = "\n".join([words] * 260)
    begin = time.process_time()
    for site in SITES:
        for layout in site.layouts:
            read_layout(site, replace(layout, subjects=(".+",)), words, text)
            read_layout(site, layout, words, text)
    assert time.process_time() - begin < 5  # measured: 0.06 s
