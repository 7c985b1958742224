"""`socialdesk --self-test`: does this build hold all it needs? One line of JSON, exit code 0 or 1.

For builders, and for a person whose program behaves oddly. Each part is tried by itself and names
itself when it fails. Nothing is left behind: a temporary folder takes all that is written, and the
secret that goes into the keyring and back is removed.
"""

import json
import os
import secrets
import ssl
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from socialdesk import __version__
from socialdesk.i18n import LANGUAGES, SOURCE_LANGUAGE, language, set_language, tr
from socialdesk.places import Workspace, resource, workspace

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from socialdesk.engine.desk import Desk

Part = Callable[[Path], object]

CACHE_VARIABLE: Final = "XDG_CACHE_HOME"  # fontconfig writes there
SCREENS: Final = ("DISPLAY", "WAYLAND_DISPLAY")  # without either Qt ends the process
PICTURES: Final = frozenset({"gif", "jpeg", "png", "svg", "webp"})
NOTICES: Final = ("LGPL-3.txt", "GPL-3.txt", "THIRD_PARTY.md")
MIN_AUTHORITIES: Final = 50
MIN_SERVICES: Final = 50  # apprise knows over a hundred
PRACTICE_SPEED: Final = 20.0  # people write to the practice brand so much faster
PICTURE_SIDE: Final = 64  # px
PNG: Final = b"\x89PNG"
SENT_WITHIN_S: Final = 30.0
WAIT_S: Final = 0.5  # for somebody to write
CARD: Final = "BEGIN:VCARD\nVERSION:3.0\nFN:Aru Example\nEMAIL:aru@mail.example\nEND:VCARD\n"
STAND_IN: Final = """#!/bin/sh
echo "$LD_LIBRARY_PATH $LD_PRELOAD" > "$0.part" && mv "$0.part" "${0%/*}/seen"
"""


class SelfTestError(Exception):
    """A part does not work; the text says what was found."""


def run() -> int:
    """Print what was found; 1 when a part failed."""
    found = results(PARTS)
    if sys.stdout is not None:  # a windowed program on Windows has none
        sys.stdout.write(json.dumps(found, sort_keys=True) + "\n")
        sys.stdout.flush()
    return 1 if found["failed"] else 0


def results(parts: Mapping[str, Part]) -> dict[str, Any]:
    """What each of `parts` found, by its name; under `failed`, by name too, why one does not work.

    A part gets a folder to write in, and raises when it fails.
    """
    found: dict[str, Any] = {
        "version": __version__,
        "frozen": bool(getattr(sys, "frozen", False)),
        "platform": sys.platform,
        "python": sys.version.split()[0],
    }
    failed: dict[str, str] = {}
    before, spoken = os.environ.get(CACHE_VARIABLE), language()
    with tempfile.TemporaryDirectory(
        prefix="socialdesk-self-test-", ignore_cleanup_errors=True
    ) as folder:
        os.environ[CACHE_VARIABLE] = folder
        for name, part in parts.items():
            try:
                found[name] = part(Path(folder))
            except Exception as e:  # whatever it is, it belongs to this part
                failed[name] = f"{type(e).__name__}: {e}"
    set_language(spoken)
    os.environ.pop(CACHE_VARIABLE)
    if before is not None:
        os.environ[CACHE_VARIABLE] = before
    return found | {"failed": failed}


def keyring(_folder: Path) -> dict[str, object]:
    """A secret goes in and comes out; where there is no keyring, why. That is no failure: the
    program says what to install and goes on."""
    from socialdesk.credentials import SecretStore
    from socialdesk.domain.errors import CredentialError, CredentialFault

    name, secret = f"self-test-{secrets.token_hex(4)}", secrets.token_hex(16)
    writing, reading = SecretStore(), SecretStore()  # a store remembers what it wrote
    try:
        status = writing.wait(writing.status())
        if status.fault is not None:
            return {"backend": status.backend, "round_trip": False, "why": status.fault.value}
        writing.wait(writing.set(name, secret))
        kept = reading.wait(reading.get(name))
        writing.wait(writing.forget(name))
    except CredentialError as e:
        if e.fault is CredentialFault.TIMEOUT:  # an unlock window may be open
            return {"backend": "", "round_trip": False, "why": e.fault.value}
        raise
    finally:
        writing.close()
        reading.close()
    require(kept == secret, "the keyring gave back something else")
    return {"backend": status.backend, "round_trip": True}


def sqlite(folder: Path) -> dict[str, object]:
    """The library's version, and that it can search full texts in Kazakh letters."""
    from socialdesk.store.file.sqlite import SQLITE_VERSION, open_writer

    connection = open_writer(folder / "search.db")
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(body)")
        connection.execute("INSERT INTO words VALUES ('ақша қайтарыңыз')")
        found = connection.execute("SELECT count(*) FROM words('Ақша')").fetchone()
    finally:
        connection.close()
    require(found == (1,), "the full-text search found nothing")
    return {"version": SQLITE_VERSION, "fts5": True}


def authorities(_folder: Path) -> int:
    """How many certificate authorities are trusted."""
    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    n = context.cert_store_stats()["x509_ca"]
    require(n >= MIN_AUTHORITIES, f"only {n} certificate authorities")
    return n


def qt(_folder: Path) -> dict[str, object]:
    """Qt draws our icons, reads the pictures of posts and speaks the program's languages."""
    from PySide6.QtCore import QLibraryInfo, QTranslator, qVersion
    from PySide6.QtGui import QGuiApplication, QIcon, QImageReader
    from PySide6.QtWidgets import QApplication

    if sys.platform == "linux" and not any(map(os.environ.get, SCREENS)):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    from socialdesk.ui import icons

    drawn = icons.pixmap("inbox", "#2457d6").toImage()
    require(_has_ink(drawn), "an icon came out empty")
    require(not QIcon(str(resource("icons", "app", "socialdesk.svg"))).isNull(), "no program icon")
    formats = {bytes(one.data()).decode() for one in QImageReader.supportedImageFormats()}
    require(formats >= PICTURES, f"no reader for {', '.join(sorted(PICTURES - formats))}")
    catalogues = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for code in LANGUAGES:
        has_texts = QTranslator(app).load(f"qtbase_{code}", catalogues)
        require(has_texts or code == SOURCE_LANGUAGE, f"Qt has no texts in {code}")
    return {
        "version": qVersion(), "screen": QGuiApplication.platformName(),
        "pictures": sorted(formats), "icon": True,
    }  # fmt: skip


def _has_ink(image: "QImage") -> bool:
    columns, rows = range(image.width()), range(image.height())
    return any(image.pixelColor(x, y).alpha() for x in columns for y in rows)


def languages(_folder: Path) -> dict[str, str]:
    """One text in each language."""
    said = {code: tr("Needs reply") for code in LANGUAGES if set_language(code) == code}
    require(len(set(said.values())) == len(LANGUAGES), f"texts are missing: {said}")
    return said


def playbooks(_folder: Path) -> int:
    """How many playbooks are whole."""
    from socialdesk.domain.playbooks.playbook import TYPES
    from socialdesk.engine.playbooks import shipped_playbook

    return len([shipped_playbook(one) for one in TYPES])


def networks(_folder: Path) -> list[str]:
    """Every network is imported."""
    from socialdesk.networks.registry import BUILT_IN

    return sorted(one.key for one in BUILT_IN if one.info.label)


def readers(_folder: Path) -> dict[str, object]:
    """What other packages bring by names and files, where a frozen program loses them first."""
    import feedparser  # noqa: F401
    from apprise.manager_plugins import NotificationManager

    from socialdesk.analysis.language import DEFAULT_LANGUAGES
    from socialdesk.analysis.vader import Vader
    from socialdesk.domain.times.hours_text import HoursText
    from socialdesk.engine import holidays
    from socialdesk.engine.contact_files.vcards import read_vcards
    from socialdesk.engine.insight.understanding import shipped_reader

    hours = HoursText("Asia/Almaty", ("09:00-18:00",) * 7, (), "KZ")
    days = len(json.loads(holidays.resolved(hours.packed(), 2026))["days"])
    manager: Any = NotificationManager  # untyped
    services = len(manager().schemas())
    require(days > 0, "no public holidays")
    require(services >= MIN_SERVICES, f"only {services} notify services")
    require(Vader().compound("This is great") > 0, "VADER has no words")
    require(len(read_vcards(CARD).people) == 1, "vCards cannot be read")
    lang = shipped_reader(DEFAULT_LANGUAGES).read("When do you open tomorrow morning?").lang
    require(lang == "en", f"English was taken for {lang!r}")
    return {"holidays": days, "notify_services": services}


def licences(_folder: Path) -> list[str]:
    """The texts that the licences ask to go along."""
    texts = [name for name in NOTICES if resource("licenses", name).is_file()]
    require(len(texts) == len(NOTICES), f"only {texts}")
    return texts


def pdf(folder: Path) -> bool:
    """The printing child starts and prints."""
    from socialdesk.engine.reports.printing import print_pdf

    print_pdf("<h1>SocialDesk</h1>", folder / "page.pdf")
    return True


def picture(_folder: Path) -> bool:
    """The picture child starts and makes a picture smaller."""
    from socialdesk.engine.sending.small_pictures import thumbnail

    png = thumbnail(resource("icons", "app", "socialdesk.svg"), PICTURE_SIDE)
    require(png.startswith(PNG), "no small picture was made")
    return True


def sending(folder: Path) -> str:
    """From a mention to a reply that the practice network shows: the state of the outbox row."""
    from socialdesk.app import engine_of
    from socialdesk.cli.answering import wait_for_fate
    from socialdesk.cli.news import News
    from socialdesk.domain.replies.reply import OutboxState
    from socialdesk.engine.commands import FetchNow

    with engine_of(_practice(folder), PRACTICE_SPEED) as desk, News(desk) as news:
        desk.work()
        ends = time.monotonic() + SENT_WITHIN_S
        while (outbox_id := _answered(desk)) is None and time.monotonic() < ends:
            desk.do(FetchNow(wait=True)).result()
            news.wait(WAIT_S)
        require(outbox_id is not None, "the practice network has nothing to answer")
        row = wait_for_fate(desk, outbox_id or 0, SENT_WITHIN_S)
    require(row.state is OutboxState.SENT and bool(row.url), f"it is {row.state.value}")
    return row.state.value


def _practice(folder: Path) -> Workspace:
    return workspace(str(folder / "practice"))


def _answered(desk: "Desk") -> int | None:
    """The outbox row of an answer by the first approved template whose slots are all known; None
    while nobody wrote."""
    from socialdesk.cli.answering import author_values, choose_version, send
    from socialdesk.domain.queue.rows import Order, View
    from socialdesk.domain.replies.template import empty_slots
    from socialdesk.engine.queries import ListMentions, ListTemplates, ReadDetail

    for mention in desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEED)).result().ids:
        detail = desk.ask(ReadDetail(mention)).result()
        if detail is None:
            continue
        values = author_values(detail.row.author)
        for template in desk.ask(ListTemplates()).result():
            version = choose_version(template, detail.lang)
            if not empty_slots(version.body, values):
                return send(desk, mention, version, values)
    return None


def browser(folder: Path) -> str:
    """The library path that a browser gets from us: what we were started with, never our own, which
    breaks browsers on other systems than the one this was built on. A stand-in browser tells."""
    if sys.platform != "linux" or not getattr(sys, "frozen", False):
        return "not frozen"
    from socialdesk.ui.browser import open_url

    seen, path = folder / "seen", os.environ.get("PATH", "")
    stand_in = folder / "xdg-open"
    stand_in.write_text(STAND_IN, encoding="utf-8")
    stand_in.chmod(0o700)
    os.environ["PATH"] = f"{folder}{os.pathsep}{path}"
    try:
        require(open_url("https://self-test.example/"), "no browser came")
        ends = time.monotonic() + SENT_WITHIN_S
        while not seen.exists() and time.monotonic() < ends:
            time.sleep(0.05)
    finally:
        os.environ["PATH"] = path
    given = seen.read_text("utf-8").strip()
    ours = str(resource().parent)  # the folder that the program's libraries lie in
    require(ours not in given, f"a browser gets our library path: {given}")
    return given


def require(is_so: bool, otherwise: str) -> None:
    """Raises SelfTestError."""
    if not is_so:
        raise SelfTestError(otherwise)


PARTS: Final[Mapping[str, Part]] = {
    part.__name__: part
    for part in (
        keyring, sqlite, authorities, qt, languages, playbooks, networks, readers, licences, pdf,
        picture, sending, browser,
    )
}  # fmt: skip
