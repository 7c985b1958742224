"""Settings as one file: written, looked at, brought in, taken back."""

from socialdesk.domain.frozen import frozen


@frozen
class ExportSettings:
    """As `engine/settings_files/file.py` writes it. Answer: path, n_settings, n_keys, n_views."""

    path: str


@frozen
class PreviewSettings:
    """Reads such a file, changes nothing. Answer: changes ([kind, name, before, after]; kind:
    setting, key, label, view), digest of the file and of what it would change."""

    path: str


@frozen
class ImportSettings:
    """All that the file changes, or nothing. `digest`: of what was looked at; "" = unseen.
    Answer: n, the number of changes."""

    path: str
    digest: str = ""


@frozen
class TakeBackSettings:
    """As before the last import; refused when something of it was changed since. Answer: n."""


SettingsFileCommand = ExportSettings | PreviewSettings | ImportSettings | TakeBackSettings
