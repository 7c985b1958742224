"""A dry run: what a rule would have caught of what is stored, and which of it looks wrong.

Two kinds of catch look wrong: one that people decided otherwise, and one unlike the others: in
another language, or with words that hardly any other catch has.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.rules.rule import Action, Do, Rule
from socialdesk.domain.rules.rule_facts import Stored
from socialdesk.domain.rules.rule_run import Finds, TooSlowError, matches

N_EXAMPLES: Final = 10
N_SUSPECTS: Final = 2
KEPT: Final = 3_000  # catches whose words are compared; the newest
WORDS_KEPT: Final = 60  # of each
FEWEST_TO_COMPARE: Final = 12  # catches before one of them can be called unlike the others
WORDS_SHOWN: Final = 200  # characters
_WORD: Final = re.compile(r"\w{3,}")


@frozen
class Caught:
    """One catch as it is shown. `reason`: why it looks wrong, "" = an example: replied, vip,
    raised, lowered, not_spam, spam, language, unlike; `fact`: what about it."""

    mention_id: int
    author: str
    words: str
    reason: str = ""
    fact: str = ""


@frozen
class Trial:
    """`changes`: for each action of the rule, on how many of the `n_hits` it would change
    something. `is_whole`: all that was asked for was read."""

    n_read: int = 0
    n_hits: int = 0
    n_slow: int = 0
    changes: tuple[int, ...] = ()
    examples: tuple[Caught, ...] = ()
    suspects: tuple[Caught, ...] = ()
    is_whole: bool = False


@dataclass(slots=True)
class Trying:
    """A dry run under way: `take` pieces, newest first; `trial` at any time."""

    rule: Rule
    finds: Finds
    n_read: int = 0
    n_hits: int = 0
    n_slow: int = 0
    changes: list[int] = field(default_factory=list)
    examples: list[Caught] = field(default_factory=list)
    otherwise: list[tuple[int, Caught]] = field(default_factory=list)  # weight first
    kept: list[tuple[Stored, frozenset[str]]] = field(default_factory=list)

    def take(self, mentions: Sequence[Stored]) -> None:
        """Look at these, newest first. Muted authors are left out as they are when they come;
        what came before the account was connected is taken as if it came now."""
        self.changes = self.changes or [0] * len(self.rule.actions)
        for stored in mentions:
            self.n_read += 1
            if stored.disposition is Disposition.MUTED and not self.rule.with_filed:
                continue
            try:
                fits = matches(self.rule, stored.facts, self.finds)
            except TooSlowError:
                self.n_slow += 1
                continue
            if fits:
                self._catch(stored)

    def trial(self, *, is_whole: bool) -> Trial:
        return Trial(
            self.n_read, self.n_hits, self.n_slow, tuple(self.changes), tuple(self.examples),
            tuple(self._suspects()), is_whole,
        )  # fmt: skip

    def _catch(self, stored: Stored) -> None:
        self.n_hits += 1
        for n, action in enumerate(self.rule.actions):
            self.changes[n] += would_change(action, stored)
        if len(self.examples) < N_EXAMPLES:
            self.examples.append(caught(stored))
        if found := decided_otherwise(self.rule.actions, stored):
            weight, reason, fact = found
            if len(self.otherwise) < KEPT:
                self.otherwise.append((weight, caught(stored, reason, fact)))
        if len(self.kept) < KEPT:
            self.kept.append((stored, _words(stored.facts.text)))

    def _suspects(self) -> list[Caught]:
        """Those that people decided otherwise come first; each mention once."""
        by_weight = sorted(self.otherwise, key=lambda pair: -pair[0])
        found: dict[int, Caught] = {}
        for _, one in [*by_weight, *self._unlike()]:
            found.setdefault(one.mention_id, one)
        return list(found.values())[:N_SUSPECTS]

    def _unlike(self) -> list[tuple[int, Caught]]:
        n = len(self.kept)
        if n < FEWEST_TO_COMPARE:
            return []
        languages = Counter(stored.facts.lang for stored, _ in self.kept if stored.facts.lang)
        usual, n_usual = languages.most_common(1)[0] if languages else ("", 0)
        unlike = []
        if n_usual >= 0.9 * n:
            unlike = [
                (2, caught(s, "language", s.facts.lang))
                for s, _ in self.kept
                if s.facts.lang and s.facts.lang != usual
            ]
        return unlike + self._odd_words()

    def _odd_words(self) -> list[tuple[int, Caught]]:
        """Far below the others in how many other catches share a word, on average over its words.
        The words the rule asks for are in all of them, so they tell nobody apart."""
        counts = Counter(word for _, words in self.kept for word in words)
        shared = [
            (sum(counts[w] - 1 for w in words) / max(1, len(words)), stored)
            for stored, words in self.kept
        ]
        middle = sorted(score for score, _ in shared)[len(shared) // 2]
        odd = sorted((pair for pair in shared if pair[0] < 0.4 * middle), key=lambda p: p[0])
        return [(1, caught(stored, "unlike")) for _, stored in odd[:N_SUSPECTS]]


def would_change(action: Action, stored: Stored) -> bool:
    """Whether the action would find something else there."""
    match action.do:
        case Do.LABEL:
            return str(action.value).casefold() not in stored.facts.labels
        case Do.PRIORITY:
            return stored.priority != action.value
        case Do.STATUS:
            return stored.status.name.lower() != action.value
        case Do.VIP:
            return not stored.facts.is_vip
        case Do.MUTE:
            return not stored.facts.is_muted
        case _:
            return True


def decided_otherwise(actions: Sequence[Action], stored: Stored) -> tuple[int, str, str] | None:
    """(weight, reason, fact) when people did the opposite of what the rule would do, the worst
    first: hiding what was answered, or somebody important."""
    hides = any(
        a.do is Do.MUTE or (a.do is Do.STATUS and a.value in ("done", "spam")) for a in actions
    )
    spams = any(a.do is Do.MUTE or (a.do is Do.STATUS and a.value == "spam") for a in actions)
    raises = any(
        a.do in (Do.ALERT, Do.NOTIFY, Do.VIP) or (a.do is Do.PRIORITY and a.value in (1, 2))
        for a in actions
    )
    lowers = any(a.do is Do.PRIORITY and a.value in (3, 4) for a in actions)
    if (hides or lowers) and stored.is_replied:
        return 6, "replied", ""
    if (hides or lowers) and stored.facts.is_vip:
        return 5, "vip", ""
    if (hides or lowers) and stored.priority in (1, 2):
        return 4, "raised", str(stored.priority)
    if spams and stored.disposition is Disposition.NO_REPLY_NEEDED:
        return 3, "not_spam", ""
    if raises and stored.status is Status.SPAM:
        return 3, "spam", ""
    if raises and stored.priority == 4:
        return 2, "lowered", "4"
    return None


def caught(stored: Stored, reason: str = "", fact: str = "") -> Caught:
    """A stored mention as one line of a dry run."""
    facts = stored.facts
    words = " ".join(facts.text[: 4 * WORDS_SHOWN].split())[:WORDS_SHOWN]
    return Caught(facts.mention_id, facts.name or facts.handle, words, reason, fact)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text[:2_000].casefold())[:WORDS_KEPT])
