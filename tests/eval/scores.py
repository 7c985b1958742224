"""How good answers are: F1 per class, their mean, and average precision of a ranking."""

from collections.abc import Hashable, Sequence


def f1(truth: Sequence[Hashable], said: Sequence[Hashable], label: Hashable) -> float:
    """Harmonic mean of precision and recall of one class; 0 when it was neither there nor said."""
    both = sum(t == label and s == label for t, s in zip(truth, said, strict=True))
    n = truth.count(label) + said.count(label)
    return 2 * both / n if n else 0.0


def macro_f1(truth: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    """Mean F1 of the classes that the truth has."""
    labels = dict.fromkeys(truth)
    return sum(f1(truth, said, label) for label in labels) / len(labels)


def average_precision(is_wanted: Sequence[bool], scores: Sequence[float]) -> float:
    """Mean precision at each wanted one, highest score first; those with equal scores stand at one
    place, so that their order decides nothing. 0 when none is wanted."""
    ranked = sorted(zip(scores, is_wanted, strict=True), key=lambda pair: -pair[0])
    total, found, begin = 0.0, 0, 0
    while begin < len(ranked):
        end = begin
        while end < len(ranked) and ranked[end][0] == ranked[begin][0]:
            end += 1
        n_wanted = sum(wanted for _, wanted in ranked[begin:end])
        found += n_wanted
        total += n_wanted * found / end
        begin = end
    return total / found if found else 0.0
