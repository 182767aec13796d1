"""The Kubernetes minor versions whose schemas are bundled, and how people write them."""

from __future__ import annotations

from todo_lint.errors import UserError

SUPPORTED: tuple[str, ...] = tuple(f"1.{minor}" for minor in range(25, 38))
"""Every supported minor version, oldest first."""

LATEST: str = SUPPORTED[-1]
"""The newest supported minor version."""

_OPERATORS = (">", "<", "=", "!", "~", "^")


def parse_version(text: str) -> str:
    """Return the supported minor version that ``text`` names: ``1.30``, ``v1.30`` and ``v1.30.2`` give ``1.30``.

    Raises:
        UserError: when ``text`` is no version of Kubernetes or no schemas of it are bundled; the message names
            the nearest supported version.
    """
    minor = _minor(text)
    if minor is None:
        raise UserError(f'"{text}" is no Kubernetes version: write it like {LATEST} or v{LATEST}.2')
    version = f"1.{minor}"
    if version not in SUPPORTED:
        raise UserError(
            f"Kubernetes {version} is not supported: the bundled schemas reach from {SUPPORTED[0]} to {LATEST}; "
            f"the nearest is {nearest_supported(text)}"
        )
    return version


def parse_versions(text: str) -> tuple[str, ...]:
    """Return the supported minor versions of a list with ranges, such as ``1.28-1.30,1.37``, oldest first.

    A constraint as kubeVersion in Chart.yaml has it, such as ``>=1.28.0-0``, gives those that meet it. What a
    provider adds to a version (``v1.30.2-gke.100``) makes no range of it.

    Raises:
        UserError: when a part is no supported version, or a range runs backwards.
    """
    if text.strip().startswith(_OPERATORS):
        return _meeting(text)
    found: set[str] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if dash and not (first.strip() and last.strip()):
            lacks = "end" if first.strip() else "beginning"
            raise UserError(f'the range "{part.strip()}" has no {lacks}: write it like {SUPPORTED[0]}-{LATEST}')
        if not last.strip().removeprefix("v").startswith("1."):
            found.add(parse_version(part))
            continue
        if _minor(last.partition("-")[2]) is not None:
            raise UserError(f'the range "{part.strip()}" has three ends: write it like {SUPPORTED[0]}-{LATEST}')
        low, high = SUPPORTED.index(parse_version(first)), SUPPORTED.index(parse_version(last))
        if low > high:
            raise UserError(f'the range "{part.strip()}" runs backwards: write the older version first')
        found.update(SUPPORTED[low : high + 1])
    return tuple(version for version in SUPPORTED if version in found)


def _meeting(constraint: str) -> tuple[str, ...]:
    """The supported versions that meet a constraint of the grammar that Helm uses."""
    from todo_lint.helm.semver import satisfies

    found = tuple(version for version in SUPPORTED if satisfies(f"{version}.0", constraint))
    if not found:
        raise UserError(
            f'"{constraint}" is met by no supported Kubernetes version: name one of {SUPPORTED[0]} to {LATEST}, '
            f"or a range of these, such as {SUPPORTED[0]}-{LATEST} or >={SUPPORTED[0]}"
        )
    return found


def nearest_supported(text: str) -> str:
    """Return the supported minor version nearest to ``text``; the newest where ``text`` is no 1.x version."""
    minor = _minor(text)
    if minor is None:
        return LATEST
    return f"1.{min(max(minor, int(SUPPORTED[0][2:])), int(LATEST[2:]))}"


def minor_of(version: str) -> int:
    """Return the minor number of a supported version: 30 for ``1.30``. Versions are compared by it."""
    return int(version[2:])


def _minor(text: str) -> int | None:
    """Return the number after ``1.``, or None when the text is no version of the 1.x line."""
    parts = text.strip().removeprefix("v").split("+")[0].split("-")[0].split(".")
    if not 2 <= len(parts) <= 3 or parts[0] != "1":
        return None
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    return int(parts[1])
