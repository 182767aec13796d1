"""Image references: repository, tag and digest.

Grammar: https://github.com/distribution/reference (a colon behind the last slash starts the tag, ``@`` the
digest); without a tag Kubernetes and container runtimes take ``latest``.
"""

from __future__ import annotations

_DEFAULT_PREFIXES = ("docker.io/library/", "index.docker.io/library/", "docker.io/", "index.docker.io/")


def repository(image: str) -> str:
    """The reference less tag and digest; the default registry is left out: ``docker.io/library/x:1`` is ``x``."""
    name = image.partition("@")[0]
    head, slash, tail = name.rpartition("/")
    name = head + slash + tail.partition(":")[0]
    for prefix in _DEFAULT_PREFIXES:
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name


def tag(image: str) -> str:
    """The tag, ``latest`` where none is written; empty where a digest alone decides."""
    name, at, _ = image.partition("@")
    written = name.rpartition("/")[2].partition(":")[2]
    return written or ("" if at else "latest")


def filled_pull_policy(image: str) -> str:
    """The imagePullPolicy that Kubernetes fills in: Always for the tag latest, else IfNotPresent (v1 Container)."""
    return "Always" if tag(image) == "latest" else "IfNotPresent"


def same_repository(stated: str, found: str) -> bool:
    """Whether two references name the same repository, whatever their tags."""
    return repository(stated) == repository(found)


def same_image(stated: str, found: str) -> bool:
    """Whether a reference is the stated one; a tag or digest counts where one is stated."""
    if not same_repository(stated, found):
        return False
    if "@" in stated:
        return stated.partition("@")[2] == found.partition("@")[2]
    return ":" not in stated.rpartition("/")[2] or tag(stated) == tag(found)
