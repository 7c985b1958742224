"""What was learned never leaves the disk: it is in no export, and no code that talks reads it."""

import ast
from pathlib import Path

import socialdesk
from socialdesk.domain.learning import LessonReport, Why
from socialdesk.store.insight import learned
from socialdesk.store.insight.learned import Lesson
from socialdesk.store.queue import exports
from tests.makers import a_mention
from tests.store.queue_file import QueueFile

ROOT = Path(socialdesk.__file__).parent
READERS = {
    "socialdesk/store/erasing/erasing.py",  # deletes it with a person's words
    "socialdesk/store/insight/learned.py",
    "socialdesk/store/file/schema/insight.py",
}
SECRET = "zyzzyva"  # a word that only the lesson knows


def strings_of(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)
            and isinstance(n.value, str)]  # fmt: skip


def test_no_module_but_these_knows_the_table():
    touching = {
        path.relative_to(ROOT.parent).as_posix()
        for path in ROOT.rglob("*.py")
        for text in strings_of(path)
        if any(f"{word} learned" in " ".join(text.split()) for word in ("FROM", "INTO", "TABLE"))
    }
    assert touching == READERS


def test_who_imports_it_talks_to_nobody():
    importing = {
        path.relative_to(ROOT).parts[0]
        for path in ROOT.rglob("*.py")
        if "learned" in {
            name.name for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module == "socialdesk.store.insight"
            for name in node.names
        }
    }  # fmt: skip
    assert importing == {"engine"}


def test_an_export_holds_nothing_of_it(tmp_path):
    file = QueueFile(tmp_path)
    ids = file.save(a_mention("Where is my order?"))
    report = LessonReport("intent", 10, 10, why=Why.USED, words=(("yes", (SECRET,)),))
    file.write(
        lambda tx: learned.replace(tx, ["intent"], [Lesson("intent", report, SECRET.encode())])
    )
    assert file.read(learned.reports)[0].words == report.words
    assert SECRET not in repr(file.read(exports.export_rows, ids))
    file.close()
