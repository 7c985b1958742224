"""Frozen classes are what the standard library's frozen dataclasses with slots are."""

import copy
from collections.abc import Mapping
from dataclasses import (
    FrozenInstanceError,
    asdict,
    field,
    fields,
    is_dataclass,
    replace,
)
from typing import ClassVar, Generic, TypeVar

import pytest

from socialdesk.domain.frozen import frozen

T = TypeVar("T")


class Asked(Generic[T]):
    __slots__ = ()


@frozen
class Nothing(Asked[int]):
    """Has no fields."""


@frozen
class Post:
    id: int
    text: str = "good morning"
    counts: Mapping[str, int] = field(default_factory=dict, hash=False)
    token: str = field(default="secret", repr=False)
    seen_at: int = field(default=0, compare=False)
    n_letters: int = field(init=False)
    kept: list[int] = field(default_factory=list, init=False, repr=False, compare=False)
    most: ClassVar[int] = 280

    def __post_init__(self) -> None:
        object.__setattr__(self, "n_letters", len(self.text))


@frozen
class Same:
    id: int


@frozen
class Twin:
    id: int


@frozen
class Named:
    id: int

    def __repr__(self) -> str:
        return "somebody"


def test_takes_its_fields_by_place_and_by_name() -> None:
    post = Post(7, "hello", seen_at=3)
    assert (post.id, post.text, post.counts, post.seen_at, post.n_letters) == (7, "hello", {}, 3, 5)
    assert Post.most == 280


def test_refuses_what_its_fields_do_not_take() -> None:
    with pytest.raises(TypeError, match=r"__init__\(\) missing 1 required positional .*'id'"):
        Post()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'author'"):
        Post(1, author="Anna")  # type: ignore[call-arg]


def test_makes_a_default_for_each_object() -> None:
    assert Post(1).counts is not Post(1).counts
    assert Post(1).kept == []
    assert Post(1).kept is not Post(1).kept


def test_equals_the_same_fields_of_the_same_class_only() -> None:
    assert Post(1) == Post(1, seen_at=9)
    assert Post(1) != Post(2)
    assert Nothing() == Nothing()
    twins: list[object] = [Same(1), Twin(1)]
    assert twins[0] != twins[1]
    assert hash(Named(1)) == hash(Named(1))
    assert {Nothing(): "one"}[Nothing()] == "one"
    assert hash(Post(1, counts={"likes": 2})) == hash(Post(1))


def test_never_changes() -> None:
    post = Post(1)
    with pytest.raises(FrozenInstanceError):
        post.text = "other"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del post.text
    with pytest.raises(FrozenInstanceError):
        post.author = "Anna"  # type: ignore[attr-defined]
    assert not hasattr(post, "__dict__")


def test_shows_its_fields_without_the_secret_ones() -> None:
    shown = repr(Post(1))
    assert shown == "Post(id=1, text='good morning', counts={}, seen_at=0, n_letters=12)"
    assert repr(Named(1)) == "somebody"


def test_is_a_dataclass_for_the_standard_library() -> None:
    post = Post(1, counts={"likes": 2})
    assert [f.name for f in fields(Nothing)] == []
    assert replace(post, text="hi").n_letters == 2
    assert asdict(Named(4)) == {"id": 4}
    match post:
        case Post(id_, text):
            assert (id_, text) == (1, "good morning")
    assert is_dataclass(Post)


def test_is_copied() -> None:
    post = Post(1, counts={"likes": 2})
    assert copy.copy(post) == post
    assert copy.deepcopy(post).counts is not post.counts


def test_calls_itself_what_it_is() -> None:
    assert Nothing.__doc__ == "Has no fields."
    assert Named.__doc__ == "Named"
    assert Post.__init__.__name__ == "__init__"
