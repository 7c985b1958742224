"""Finding the known question that somebody asks."""

from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.replies.faq import FaqEntry, find, words_of

ENTRIES = [
    FaqEntry(1, "When are you open?", "Every day from 8 to 20.", "en", n_uses=9),
    FaqEntry(2, "Do you deliver to my street?", "Within 5 km, from 30 euro.", "en"),
    FaqEntry(3, "Is there gluten in the rye bread?", "Yes, rye holds gluten.", "en"),
    FaqEntry(4, "Когда вы работаете?", "Каждый день с 8 до 20.", "ru"),
    FaqEntry(5, "Есть ли доставка?", "Да, до 5 км.", "ru"),
    FaqEntry(6, "Жеткізу бар ма?", "Иә, 5 км дейін.", "kk"),
    FaqEntry(7, "Do you sell gift cards?", "Not any more.", "en", is_archived=True),
]


def ids(typed: str, lang: str = "") -> list[int]:
    return [e.id for e in find(ENTRIES, typed, lang)]


def test_the_entry_that_holds_the_rare_words_comes_first():
    assert ids("hi, is there any gluten in your bread??", "en")[0] == 3
    assert ids("do you deliver", "en")[0] == 2


def test_another_ending_is_the_same_word():
    assert ids("доставку делаете?", "ru")[0] == 5
    assert ids("жеткізуді сұрайын деп едім", "kk")[0] == 6


def test_what_is_being_typed_finds_already():
    for n in range(3, len("Do you deliver")):
        assert 2 in ids("Do you deliver"[:n], "en") or n < 6


def test_the_language_of_the_mention_goes_first():
    both = [FaqEntry(1, "WiFi?", "shop2024", "en"), FaqEntry(2, "WiFi?", "shop2024", "ru")]
    assert [e.id for e in find(both, "wifi", "ru")] == [2, 1]
    assert [e.id for e in find(both, "wifi", "en-GB")] == [1, 2]


def test_nothing_typed_shows_the_most_used():
    assert ids("", "en")[0] == 1


def test_what_fits_no_entry_finds_none():
    assert ids("parking for bicycles behind the station", "en") == []


def test_an_archived_entry_is_not_found():
    assert 7 not in ids("gift cards", "en")


@given(st.text(max_size=200), st.sampled_from(["", "en", "kk", "x-??"]))
def test_any_text_is_answered_and_no_entry_comes_twice(typed, lang):
    found = ids(typed, lang)
    assert len(found) == len(set(found)) <= 8
    assert all(len(w) > 1 or w.isdigit() for w in words_of(typed))
