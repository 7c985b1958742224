"""What makes a dataclass a question."""

from typing import Generic, TypeVar

T = TypeVar("T", covariant=True)


class Query(Generic[T]):
    """A marker that ties a question to the type of its answer; the one base class we allow."""

    __slots__ = ()
