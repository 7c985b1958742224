"""PySide6's own code in the bundle: compiled, whole, and the same each time."""

import marshal
from pathlib import Path
from types import CodeType

from resources.installer.support import PLACE, compile_into

HEAD_BYTES = 16  # of a compiled file, before its code


def test_what_pyside6_would_compile_at_each_start_is_compiled(tmp_path: Path) -> None:
    compiled = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        compile_into(folder)
        place = folder / PLACE
        files = (path for path in place.rglob("*") if path.is_file())
        compiled.append({path.relative_to(place).as_posix(): path.read_bytes() for path in files})
    assert compiled[0] == compiled[1]
    assert compiled[0].keys() >= {"signature_bootstrap.pyc", "shibokensupport/signature/loader.pyc"}
    for name, content in compiled[0].items():
        code = marshal.loads(content[HEAD_BYTES:])
        assert isinstance(code, CodeType)
        assert code.co_filename == name.replace(".pyc", ".py")  # nothing of the builder's machine
