"""Which renderings of a profile differ, and for which versions each of them is."""

from __future__ import annotations

from todo_lint.helm.engine import RenderOptions
from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.stages.variants import Variant, distinct, failed_for

NEWEST, MIDDLE, OLDEST = ("1.35", "1.36", "1.37"), ("1.30", "1.31"), ("1.28", "1.29")


def variant(versions: tuple[str, ...], label: str = "", name: str = "default", *, again: bool = False) -> Variant:
    return Variant(Profile(name, {}, RenderOptions("app", versions[-1]), variant=label), versions, again)


NEW, OLD, MID = variant(NEWEST), variant(OLDEST, "old"), variant(MIDDLE, "mid")
AGAIN = variant(NEWEST, "again", again=True)
EVERY = (NEW, AGAIN, OLD, MID)


Told = tuple[list[tuple[str, tuple[str, ...]]], tuple[str, ...]]


def told(failed: Variant | None = None, **rendered: str) -> Told:
    variants = {"new": NEW, "again": AGAIN, "mid": MID, "old": OLD}
    texts = {variants[name].profile.key: Rendered({"a.yaml": text}) for name, text in rendered.items()}
    found = distinct(EVERY, texts, [failed.profile.key] if failed else [])
    renderings = [(rendering.files["a.yaml"], versions) for _, rendering, versions in found.renderings]
    return renderings, found.lacking.get("default", ())


def test_equal_renderings_are_one() -> None:
    assert told(new="a", mid="a", old="a") == ([("a", (*OLDEST, *MIDDLE, *NEWEST))], ())


def test_different_renderings_stay_apart() -> None:
    assert told(new="a", mid="b", old="a") == ([("a", NEWEST), ("b", MIDDLE), ("a", OLDEST)], ())


def test_what_was_not_tried_is_like_equal_neighbours() -> None:
    assert told(new="a", old="a") == ([("a", (*OLDEST, *MIDDLE, *NEWEST))], ())
    assert told(new="a", old="b") == ([("a", NEWEST), ("b", OLDEST)], MIDDLE)
    assert told(new="a") == ([("a", NEWEST)], (*OLDEST, *MIDDLE))


def test_what_failed_is_like_nothing() -> None:
    assert told(new="a", old="a", failed=MID) == ([("a", NEWEST), ("a", OLDEST)], ())
    assert told(mid="a", old="a", failed=NEW) == ([("a", (*OLDEST, *MIDDLE))], ())


def test_lines_that_differ_by_themselves_do_not_count() -> None:
    first, second, third = "x: 1\npassword: u\n", "x: 1\npassword: v\n", "x: 1\npassword: w\n"
    assert told(new=first, again=second, mid=third, old=second)[0] == [(first, (*OLDEST, *MIDDLE, *NEWEST))]
    other = "x: 2\npassword: w\n"
    assert told(new=first, again=second, mid=other)[0] == [(first, NEWEST), (other, MIDDLE)]
    longer = "x: 1\npassword: w\ny: 1\n"
    assert told(new=first, again=second, mid=longer)[0] == [(first, NEWEST), (longer, MIDDLE)]


def test_what_is_lacking_is_told_in_a_line() -> None:
    names = ["a", "b", "c", "d", "e"]
    every = tuple(v for name in names for v in (variant(NEWEST, name=name), variant(OLDEST, "old", name)))
    found = distinct(every, {name: Rendered({"a.yaml": "x"}) for name in names}, [])
    assert list(found.remarks()) == [
        "there was no time to render a, b, c and 2 other profiles for Kubernetes 1.28, 1.29"
    ]


def failing(*failed: Variant, rendered: tuple[Variant, ...] = ()) -> dict[str, tuple[str, ...]]:
    texts = {variant.profile.key: Rendered({}) for variant in rendered}
    found = failed_for(EVERY, texts, [variant.profile.key for variant in failed])
    return {variant.profile.variant: found[variant.profile.key] for variant in failed}


def test_what_was_not_tried_fails_like_its_neighbours() -> None:
    assert failing(NEW, MID, OLD) == {"": NEWEST, "mid": MIDDLE, "old": OLDEST}
    assert failing(NEW, OLD) == {"": (*MIDDLE, *NEWEST), "old": OLDEST}
    assert failing(NEW) == {"": (*OLDEST, *MIDDLE, *NEWEST)}
    assert failing(OLD) == {"old": (*OLDEST, *MIDDLE, *NEWEST)}
    assert failing(NEW, rendered=(OLD,)) == {"": NEWEST}
    assert failing(OLD, rendered=(NEW,)) == {"old": OLDEST}
