"""The brand's words as a person fills them in: a name, other spellings, must, must not."""

from socialdesk.domain.frozen import frozen


@frozen
class BrandForm:
    """What stands in the fields. `name` and `spellings`: one of them must occur in a text; all of
    `must`; none of `never`."""

    name: str = ""
    spellings: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def lines(self) -> str:
        """The rules as `domain.rules.brand_words` reads them, one a line."""
        names = (self.name.strip(), *self.spellings)
        signed = [f"+{word}" for word in self.must] + [f"-{word}" for word in self.never]
        return "\n".join([*(name for name in names if name), *signed])


def read_form(lines: str) -> BrandForm:
    """The fields that give these rules; the first plain line is the name."""
    typed = [line.strip() for line in lines.splitlines() if line.strip()]
    names = [line for line in typed if line[0] not in "+-"]
    return BrandForm(
        names[0] if names else "",
        tuple(names[1:]),
        tuple(line[1:].strip() for line in typed if line[0] == "+"),
        tuple(line[1:].strip() for line in typed if line[0] == "-"),
    )


def words_of(typed: str) -> tuple[str, ...]:
    """What was typed into one field: words and phrases by comma or line, each once."""
    parts = (part.strip().lstrip("+-").strip() for part in typed.replace("\n", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
