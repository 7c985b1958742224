"""Searching the queue file: what each operator finds, and that no string breaks it."""

import re
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialdesk.domain.mentions.mention import Attachment
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import Draft, Listing, Order, View
from socialdesk.domain.queue.search import parse
from socialdesk.engine.words.network_names import NAMES, network_name
from socialdesk.i18n import LANGUAGES, set_language
from socialdesk.store.outbox import drafts
from socialdesk.store.queue import lists, search, search_names
from socialdesk.store.triage import labels, saved_views, tags, triage
from tests.makers import a_mention, an_author
from tests.store.queue_file import HOUR_MS, SHOP, QueueFile

DAY_MS = 24 * HOUR_MS


def find(file: QueueFile, text: str, view: View = View.ALL, order: Order = Order.NEWEST,
         limit: int = 100) -> Listing:  # fmt: skip
    return file.read(lists.list_ids, view, text, order, limit, file.clock.now)


@pytest.fixture
def shop(file: QueueFile) -> QueueFile:
    """Seven mentions with something of everything, and a post of ours."""
    now = file.clock.now
    posts = {
        "late": a_mention("My order is very late, I want a refund!", n=1, author="ann", lang="en",
                          at=now - 9 * DAY_MS),
        "money": a_mention("Money back please. Very slow, late again", n=2, lang="en-GB",
                           author=an_author("bob", n_followers=5_000), at=now - 8 * DAY_MS),
        "praise": a_mention("Спасибо за вкусный хлеб! 😀", n=3, author="анна", lang="ru",
                            at=now - 3 * DAY_MS),
        "kazakh": a_mention("Наныңыз өте дәмді, рақмет", n=4, author="айгерім", lang="kk",
                            at=now - 2 * DAY_MS),
        "chinese": a_mention("请给我退款，谢谢", n=5, author="li", lang="zh", at=now - DAY_MS,
                             attachments=(Attachment("https://x.example/1.png"),)),
        "café": a_mention("Café ‘Sunday’ – naïve?", n=6, author="zoë", lang="fr", warning="food",
                          at=now - HOUR_MS),
        "new": a_mention('He said "no" AND left (NEAR me) https://x.example', n=7, at=now - 60_000),
    }  # fmt: skip
    file.save(*posts.values())
    own = a_mention("We are sorry, refund follows", n=8, author=SHOP, is_own=True, at=now - 5_000)
    file.save(own)
    ids = dict(
        zip(posts, [i for (i,) in file.sql("SELECT id FROM mention ORDER BY id")], strict=False)
    )
    file.write(lambda tx: tags.add_label(tx, None, [ids["late"], ids["money"]], "Late Delivery"))
    file.write(lambda tx: tags.add_note(tx, None, ids["money"], file.ann, "Called him"))
    file.write(lambda tx: drafts.save(tx, Draft(ids["new"], "Dear"), file.ann))
    file.write(lambda tx: triage.set_status(tx, None, [ids["praise"]], Status.DONE))
    file.write(lambda tx: triage.set_status(tx, None, [ids["kazakh"]], Status.WAITING))
    file.write(lambda tx: triage.set_vip(tx, None, [ids["kazakh"]], True))
    file.write(lambda tx: triage.assign(tx, None, [ids["café"]], file.ben))
    file.names = {id: name for name, id in ids.items()}
    return file


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("late ", "money late"),
        ("refund ", "ours late"),
        ("ref", "ours late"),
        ("re", ""),
        ('"very late"', "late"),
        ('"late very"', ""),
        ("very late ", "money late"),
        ("very -refund ", "money"),
        ("-refund ", "new café chinese kazakh praise money"),
        ("refund OR money ", "ours money late"),
        ("late refund OR money ", "money late"),
        ("спасибо ", "praise"),
        ("СПАСИБО", "praise"),
        ("спас", "praise"),
        ("өте дәмді ", "kazakh"),
        ("退款", "chinese"),
        ("退", "chinese"),
        ("款退", ""),
        ("😀", "praise"),
        ("cafe ", "café"),
        ("NAIVE ", "café"),
        ("called ", "money"),
        ("from:bob", "money"),
        ("from:@bob@pond.example", "money"),
        ("from:анна", "praise"),
        ("-from:bob late ", "late"),
        ("late from:ann", "late"),
        ("label:late", ""),
        ('label:"late delivery"', "money late"),
        ('label:"LATE delivery" -from:bob', "late"),
        ('-label:"late delivery" late ', ""),
        ("status:waiting", "kazakh"),
        ("-status:new", "ours kazakh praise"),
        ("is:unread late ", "money late"),
        ("is:vip", "kazakh"),
        ("is:overdue", "chinese money late"),
        ("is:assigned", "café"),
        ("is:ours", "ours"),
        ("is:edited", ""),
        ("lang:en", "money late"),
        ("lang:kk OR lang:ru", "kazakh praise"),
        ("reach:>=5k", "money"),
        ("-reach:>=5k late ", "late"),
        ("has:note", "money"),
        ("has:draft", "new"),
        ("has:label", "money late"),
        ("has:picture", "chinese"),
        ("has:warning", "café"),
        ("has:link", "new"),
        ("has:reply", ""),
        ("before:7d", "money late"),
        ("after:26h -is:ours", "new café chinese"),
        ("after:9d before:5d late ", "money late"),
        ("-before:7d -is:ours", "new café chinese kazakh praise"),
        ("network:mastodon late ", "money late"),
        ("network:bluesky", ""),
        ("account:shop late ", "money late"),
        ("account:pond.example late ", "money late"),
        ("account:%", ""),
        ('refund OR label:"late delivery"', "ours money late"),
        ("status:done OR from:bob", "praise money"),
        ("sentiment:negative", ""),
        ("incident:1", ""),
        ("status:opn", ""),
        ("colour:late ", ""),
        ("late from:", "money late"),
        ('"no" AND left', "new"),
        ("(NEAR me)", "new"),
        ("...", "new café chinese kazakh praise money late"),
    ],
)
def test_what_is_found_newest_first(shop, text, names):
    found = [shop.names.get(id, "ours") for id in find(shop, text).ids]
    assert found == names.split()


def test_a_search_within_a_view(shop):
    assert [shop.names[i] for i in find(shop, "late OR спасибо ", View.NEEDS_REPLY).ids] == [
        "money", "late",
    ]  # fmt: skip
    assert [shop.names[i] for i in find(shop, "-late ", View.DONE).ids] == ["praise"]


def test_other_orders_sort_what_was_found(shop):
    late = find(shop, "late ", View.NEEDS_REPLY, Order.LONGEST).ids
    assert [shop.names[i] for i in late] == ["late", "money"]
    by_reach = find(shop, "-draft ", View.NEEDS_REPLY, Order.REACH).ids
    assert shop.names[by_reach[0]] == "money"
    by_need = find(shop, "late OR naive ", View.NEEDS_REPLY, Order.NEED).ids
    assert [shop.names[i] for i in by_need] == ["late", "money", "café"]


def test_faults_come_with_the_listing(shop):
    assert [f.code for f in find(shop, "late status:opn colour:red ").faults] == [
        "bad_value", "unknown_operator",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "operator", "word", "known"),
    [
        ("network:hackernews", "network", "hackernews", ("mastodon",)),
        ("late network:mastadon", "network", "mastadon", ("mastodon",)),
        ("account:nobody", "account", "nobody", ("@shop@pond.example",)),
        ("label:late", "label", "late", ("Late Delivery",)),
        ("-label:late", "label", "late", ("Late Delivery",)),
        ("incident:7", "incident", "7", ()),
        ("late OR incident:inc-2026-0007", "incident", "INC-2026-0007", ()),
        ("lang:xx", "lang", "xx", ("en", "en-GB", "fr", "kk", "ru")),
        ("lang:eng", "lang", "eng", ("en",)),
    ],
)
def test_a_value_that_nothing_has_is_told_with_those_there_are(shop, text, operator, word, known):
    (fault,) = find(shop, text).faults
    assert (fault.code, fault.operator, fault.word) == ("unknown_value", operator, word)
    assert text[fault.start : fault.end].casefold() == word.casefold()
    assert fault.known == known


@pytest.mark.parametrize("ask", ["label:late", "network:mastadon", "account:nobody", "incident:7"])
def test_leaving_out_what_nothing_has_finds_nothing_as_asking_for_it_does(shop, ask):
    assert list(find(shop, ask).ids) == list(find(shop, f"-{ask}").ids) == []
    assert [fault.code for fault in find(shop, f"-{ask}").faults] == ["unknown_value"]
    either = list(find(shop, f"late OR -{ask}").ids)
    assert either == list(find(shop, "late").ids) != []


def test_a_value_that_something_has_is_no_fault(shop):
    for text in ("network:Mastodon", "account:SHOP", 'label:"LATE delivery"', "lang:EN",
                 "lang:kk late", "lang:xx OR late", "-lang:xx"):  # fmt: skip
        assert find(shop, text).faults == (), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [*NAMES, "feeds", "imap", "import", "pond"])
def test_a_network_is_found_by_its_key_and_by_what_it_is_called(file, key, language):
    set_language(language)
    file.save(a_mention("rye", n=1))
    file.execute("UPDATE mention SET network = ?", key)
    name = network_name(key)
    for typed in (key, name, name.upper(), name.casefold(), name.replace(" ", "")):
        listing = find(file, f'network:"{typed}"')
        assert (len(listing.ids), listing.faults) == (1, ()), typed


def test_accounts_are_found_whatever_the_case_of_their_letters(file):
    file.save(a_mention("rye", n=1))
    file.execute("UPDATE account SET name = 'Пекарня_Рожь'")
    assert len(find(file, "account:пекарня_").ids) == 1
    file.execute("UPDATE account SET name = 'Чай Әли'")
    for typed in ("чаи\u0306 ӘЛИ", "ЧАЙ ә"):
        assert len(find(file, f'account:"{typed}"').ids) == 1, typed
        assert len(find(file, f'-account:"{typed}"').ids) == 0, typed
    assert len(find(file, "account:%").ids) == 0


@pytest.mark.parametrize("name", ["«Рожь» и чай", "ӘЖЕ: тәтті", "-x", 'in "quotes"'])
def test_a_label_is_found_whatever_it_is_called(file, name):
    id = file.save(a_mention("rye", n=1))[0]
    file.write(lambda tx: labels.find_or_make(tx, name))
    file.execute("INSERT INTO mention_label(mention_id, label_id) SELECT ?, id FROM label", id)
    typed = name.casefold().replace('"', "'").replace(" ", "  ")
    found = find(file, f'label:"{typed}"')
    assert (list(found.ids), found.faults) == ([id], ())
    assert list(find(file, f'-label:"{typed}"').ids) == []


def test_an_incident_is_known_with_any_zeros_before_its_number(file):
    for code in ("INC-2025-0012", "INC-2026-0012", "INC-2026-0001", "DRILL-2026-0012"):
        file.execute("INSERT INTO incident(code, state) VALUES (?, 'closed')", code)
    for typed, ids in (("12", [1, 2]), ("00012", [1, 2]), ("INC-2026-12", [2]), ("INC-2026-2", []),
                       ("INC-2026-0001", [3]), ("2", [])):  # fmt: skip
        assert file.read(search_names.incidents_called, typed) == ids, typed


def test_quotes_within_a_phrase_are_no_part_of_it(file):
    id = file.save(a_mention("he said no to him", n=1))[0]
    assert list(find(file, '«said "no" to»').ids) == [id]


def test_a_short_list_says_that_there_are_more(file):
    file.fill(6)
    listing = find(file, "sunday ", limit=2)
    assert (len(listing.ids), listing.n_total, listing.is_capped) == (2, 2, True)
    for limit in (6, 50):
        listing = find(file, "sunday ", limit=limit)
        assert (len(listing.ids), listing.n_total, listing.is_capped) == (6, 6, False)


def test_a_count_is_capped(file, monkeypatch):
    monkeypatch.setattr(search, "COUNT_CAP", 4)
    file.fill(6)
    counted = file.read(search.count_found, parse("sunday "), view=View.ALL, now=file.clock.now)
    assert counted == 4


def test_a_saved_view_has_a_live_count(shop):
    view, _ = shop.write(lambda tx: saved_views.save_view(tx, "Late", "late ", shop.ann))
    badges = {b.key: b.n for b in shop.read(lists.count_views, shop.clock.now)}
    assert badges[f"saved:{view}"] == 2


def test_small_and_large_sets_find_the_same(shop, monkeypatch):
    texts = ['label:"late delivery" late ', "status:new late ", "is:overdue -refund ",
             "has:note late ", "reach:>1 late ", "network:mastodon refund ",
             "refund OR has:note", "status:done хлеб", "status:spam late ", "label:none late ",
             "status:waiting is:vip -late ", "late is:unread before:7d"]  # fmt: skip
    usual = [list(find(shop, text).ids) for text in texts]
    for few, beside, hits in ((0, 0, 1), (0, 0, 10**6), (10**6, 10**6, 1)):
        monkeypatch.setattr(search, "FEW", few)
        monkeypatch.setattr(search, "FEW_TO_NOTE", few)
        monkeypatch.setattr(search, "FEW_BESIDE_WORDS", beside)
        monkeypatch.setattr(search, "MANY_HITS", hits)
        assert [list(find(shop, text).ids) for text in texts] == usual


WITH_SETS = """status:done status:new network:mastodon reach:>=5k incident:1 sentiment:negative
is:overdue kind:question is:due is:assigned is:mine is:pinned is:unread is:vip is:muted is:replied
has:note has:draft has:label has:reply""".split()
OF_TWO = ("refund OR has:note", "status:done OR is:overdue", 'label:"late delivery" OR is:vip')


@pytest.mark.parametrize("view", [View.ALL, View.NEEDS_REPLY, View.OVERDUE, View.DONE])
@pytest.mark.parametrize("text", [*WITH_SETS, *OF_TWO, 'label:"late delivery"'])
def test_a_set_is_all_that_its_test_lets_through(shop, text, view):
    with shop.readers.connection() as conn:
        query = search._compile(conn, parse(text), view, shop.clock.now)
        tested = search._taken(query, search._statement(query), -1, "ASC")
        assert query.sets
        for one in query.sets:
            assert bool(one.test) is not one.is_wider
            assert search._taken(query, search._statement(query, one), -1, "ASC") == tested


@pytest.mark.parametrize("order", [Order.NEWEST, Order.LONGEST])
def test_a_set_noted_part_by_part_gives_the_same(file, monkeypatch, order):
    ids = file.fill(40)
    file.write(lambda tx: triage.set_status(tx, None, ids[::3], Status.DONE))
    texts = ("sunday status:new ", "sunday status:done ", "sunday -status:new is:unread ", "sun")
    asked = [(text, limit) for text in texts for limit in (1, 5, 14, 100)]
    usual = [find(file, text, order=order, limit=limit) for text, limit in asked]
    assert len(usual[3].ids) == 26
    for first in (1, 3, 26):
        monkeypatch.setattr(search, "FIRST_PART", first)
        monkeypatch.setattr(search, "FEW_BESIDE_WORDS", 0)
        monkeypatch.setattr(search, "FEW_HITS", 1)
        assert [find(file, text, order=order, limit=limit) for text, limit in asked] == usual


def test_a_live_count_that_is_wrong_hides_nothing(file):
    ids = file.fill(6)
    file.write(lambda tx: triage.set_status(tx, None, ids[:2], Status.DONE))
    usual = [list(find(file, text).ids) for text in ("sunday status:new ", "status:done ")]
    assert list(map(len, usual)) == [4, 2]
    for n in (0, 10**6):
        file.write(lambda tx, n=n: tx.conn.execute("UPDATE counter SET n = ?", (n,)))
        assert [list(find(file, t).ids) for t in ("sunday status:new ", "status:done ")] == usual


def test_a_word_is_looked_for_only_between_the_ends_of_what_else_fits(shop, monkeypatch):
    monkeypatch.setattr(search, "FEW_TO_NOTE", 0)
    statements: list[str] = []
    build = search._statement

    def remember(*args, **named):
        statements.append(build(*args, **named))
        return statements[-1]

    monkeypatch.setattr(search, "_statement", remember)
    (done,) = find(shop, "хлеб", View.DONE).ids
    assert shop.names[done] == "praise"
    assert f"s.rowid >= {done} AND s.rowid <= {done}" in statements[-1]


ODD = r"""" ' * ^ - + ( ) { } : , AND OR NOT NEAR(a,2) body: author: from: from:* label:' label:"
;-- status:open -is:vip reach:<5 before:2026 after:today has:note
退款 😀 a* % account:% account:\\
lang:en --x sentiment:x -from:a is:overdue""".split()


def a_string(random: Random) -> str:
    """Operators of ours and of FTS5, broken ones too, between any characters there are."""
    tops = random.choices((128, 0x11000), k=6)
    anything = "".join(chr(random.randrange(top)) for top in tops)
    pieces = random.choices([*ODD, anything, "\0", "\ud800", '"a b"'], k=random.randrange(7))
    return random.choice(("", " ")).join(pieces)


@pytest.mark.promise(31)
def test_no_string_of_five_thousand_breaks_a_search(shop, trials):
    random = Random(5)
    with shop.readers.connection() as conn:
        for _ in range(5000):
            text, view = a_string(random), random.choice(list(View))
            listing = lists.list_ids(conn, view, text, Order.NEED, 5, shop.clock.now)
            assert len(listing.ids) <= 5, text
            trials.add()


@pytest.mark.promise(31)
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(st.text())
def test_no_text_at_all_breaks_a_search(shop, text):
    assert len(find(shop, text, View.NEEDS_REPLY, limit=5).ids) <= 5


@pytest.mark.promise(31)
def test_every_typed_value_travels_as_a_parameter(shop, monkeypatch):
    statements: list[str] = []
    build = search._statement

    def spy(*args, **named):
        statements.append(build(*args, **named))
        return statements[-1]

    monkeypatch.setattr(search, "_statement", spy)
    find(shop, "zzmark label:zzlabel network:zznet account:zzacc from:zzfrom lang:zz reach:77777 ")
    assert statements
    assert not re.search("zz|77777", " ".join(statements))
