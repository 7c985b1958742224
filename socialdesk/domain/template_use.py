"""How a template was used in a period."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """One template in a period. `n_kept`: sent word for word, slots filled; `n_edited`: median
    characters changed in the others, -1 = none; `langs`: (language, replies), most used first."""

    template_id: int
    name: str
    folder: str
    n_sent: int
    n_kept: int
    n_edited: float
    langs: tuple[tuple[str, int], ...]
    last_at: int  # ms UTC
