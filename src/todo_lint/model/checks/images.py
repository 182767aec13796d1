"""The images that the document lists: who runs them, their ports, and what their Dockerfiles say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from todo_lint.findings import Layer, Location, Verdict
from todo_lint.manifests.hooks import hook_events
from todo_lint.manifests.pods import containers
from todo_lint.manifests.resources import Resource, at, text_at
from todo_lint.model.checks.common import Inside
from todo_lint.model.checks.containers import port_of
from todo_lint.model.deciding import Found, Spot, decide, expected, matches
from todo_lint.model.dockerfiles import Dockerfile
from todo_lint.model.equality import same_shown
from todo_lint.model.evidence import Evidence, entity_missing, field, holds, missing, not_checkable, show, violated
from todo_lint.model.images import filled_pull_policy, repository, same_repository, tag
from todo_lint.model.naming import words
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.statements import WORKLOADS, Attribute, Kind, Statement
from todo_lint.records import replace


def image_used(statement: Statement, evidence: Evidence) -> Outcome:
    """Some container runs an image of that repository."""
    found = _user(statement.value, evidence)
    if found:
        return holds(statement, field(found.resource, *found.route, "image"))
    return _unused(statement, evidence)


def image_tag(statement: Statement, evidence: Evidence) -> Outcome:
    """A container runs the image with the stated tag; ``latest`` where none is written."""
    found = _meant(statement, evidence)
    if not found:
        return _unused(statement, evidence)
    return _best(_tag_of(statement, inside) for inside in found)


def _tag_of(statement: Statement, inside: Inside) -> Outcome:
    image = show(at(inside.value, ("image",)))
    place = field(inside.resource, *inside.route, "image")
    answer = Found((Spot(tag(image), place),), f"{inside.name} runs {repository(image)} with the tag {{}}", "", place)
    return decide(statement, answer)


def _best(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome of the first container that is as stated; else of one that has something else, else of any."""
    order = (Verdict.VIOLATED, Verdict.MISSING)
    return min(outcomes, key=lambda outcome: 1 + order.index(outcome.verdict) if outcome.verdict in order else 0)


def pull_policy(statement: Statement, evidence: Evidence) -> Outcome:
    """A container that runs the image is pulled as stated, or as Kubernetes fills in (v1 Container)."""
    found = _user(statement.name, evidence)
    if found is None:
        return _unused(statement, evidence)
    value = found.value if isinstance(found.value, dict) else {}
    place = field(found.resource, *found.route, "imagePullPolicy")
    actual = value.get("imagePullPolicy", filled_pull_policy(show(value.get("image"))))
    answer = Found((Spot(actual, place),), f"{found.name} runs {statement.name} with the pull policy {{}}", "", place)
    return decide(statement, answer)


def _user(image: str, evidence: Evidence) -> Inside | None:
    """The first container that runs an image."""
    return next((inside for inside in _run(evidence) if same_repository(image, _image(inside))), None)


def _run(evidence: Evidence) -> Iterator[Inside]:
    """All containers that are rendered."""
    for resource in evidence.resources.resources:
        for route, _ in containers(resource):
            yield Inside(resource, route)


def _image(inside: Inside) -> str:
    return text_at(inside.value, ("image",)) or ""


def _meant(statement: Statement, evidence: Evidence) -> list[Inside]:
    """The containers that run the image that a statement is about.

    A name that only a heading gives (``Backend Image``) is no repository: an image whose name holds its words is
    meant, and without any name the only one that is run, if there is just one.
    """
    found = [inside for inside in _run(evidence) if same_repository(statement.name, _image(inside))]
    if found or evidence.model.stated(Kind.IMAGE, Attribute.NAME, statement.name):
        return found
    wanted = set(words(statement.name))
    by_image: dict[str, list[Inside]] = {}
    for inside in _run(evidence):
        image = repository(_image(inside))
        if wanted <= set(words(image.rpartition("/")[2])) and not hook_events(inside.resource):
            by_image.setdefault(image, []).append(inside)
    return next(iter(by_image.values())) if len(by_image) == 1 else []


def _unused(statement: Statement, evidence: Evidence) -> Outcome:
    """What becomes of a statement about an image that nothing is known to run.

    Where the workload that runs it by the document runs another image, that is what is wrong.
    """
    if not statement.name:
        return not_checkable(statement, "the document does not say which image this is about")
    user = _documented_user(statement.name, evidence)
    if user is not None:
        return _another_image(statement, user)
    outcome = entity_missing(statement, evidence, f"no container runs the image {statement.name}")
    lacking = next((f"{kind} {name}" for kind, name in _users(statement.name, evidence)), "")
    return replace(outcome, entity=lacking) if lacking and outcome.diverges else outcome


def _another_image(statement: Statement, user: Resource) -> Outcome:
    for route, container in containers(user):
        actual = text_at(container, ("image",)) or ""
        message = f"{user.ref} runs the image {actual}; the document says {statement.name}"
        return violated(statement, message, actual, field(user, *route, "image"))
    message = f"{user.ref} has no container to run the image {statement.name}"
    return missing(statement, message, field(user, "spec"), entity=statement.subject)


def _documented_user(image: str, evidence: Evidence) -> Resource | None:
    """The resource of the workload that, by the document, runs an image."""
    return next((evidence.pairing.of(kind, name) for kind, name in _users(image, evidence)), None)


def _users(image: str, evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The workloads that, by the document, run an image: kind and stated name."""
    for stated in evidence.model.statements:
        is_image = stated.kind in WORKLOADS and stated.attribute in (Attribute.IMAGE, Attribute.IMAGE_REPOSITORY)
        if is_image and not stated.later and repository(stated.value) == repository(image):
            yield str(stated.kind), stated.name


def image_port(statement: Statement, evidence: Evidence) -> Outcome:
    """A container that runs the image declares that port, and its Dockerfile exposes it, if it exposes any."""
    found = _meant(statement, evidence)
    user = _documented_user(statement.name, evidence)
    if not found and user is not None:
        found = [Inside(user, route) for route, _ in containers(user)][:1]
    if not found:
        known = user.ref if user else None
        if known is None:
            return _unused(statement, evidence)
        message = f"{known} has no container that could listen on port {statement.value}"
        return missing(statement, message, entity=statement.subject)
    outcome = _best(port_of(statement, evidence, inside) for inside in found)
    return _exposed(statement, evidence) if not outcome.diverges and _dockerfile(statement, evidence) else outcome


def _dockerfile(statement: Statement, evidence: Evidence) -> Dockerfile | None:
    return evidence.dockerfiles.get(statement.name)


def _exposed(statement: Statement, evidence: Evidence) -> Outcome:
    dockerfile = _dockerfile(statement, evidence)
    ports = dockerfile.ports if dockerfile else {}
    if dockerfile is None or not ports or any(matches(statement, port, same_shown) for port in ports):
        return holds(statement)
    message = f"{dockerfile.file} exposes {', '.join(ports)}; the document says {expected(statement)}"
    return violated(statement, message, ", ".join(ports), _place(dockerfile, next(iter(ports.values()))))


def _place(dockerfile: Dockerfile, line: int) -> Target:
    return Target(place=Location(dockerfile.file, line, 1, Layer.MANIFEST))


NO_DOCKERFILE = "no Dockerfile of this image was found"


def base(statement: Statement, evidence: Evidence) -> Outcome:
    """The Dockerfile's last stage starts from the stated base: ``Python 3.11`` is ``python:3.11-slim``."""
    dockerfile = _dockerfile(statement, evidence)
    if dockerfile is None:
        return not_checkable(statement, NO_DOCKERFILE)
    place = _place(dockerfile, dockerfile.base_line)
    verdict = same_base(statement.value, dockerfile.base)
    if verdict is None:
        reason = f"{dockerfile.file} starts from {dockerfile.base}; nobody can say whether that is what is meant"
        return not_checkable(statement, reason)
    if verdict:
        return holds(statement, place)
    message = f"{dockerfile.file} starts from {dockerfile.base}; the document says {statement.value}"
    return violated(statement, message, dockerfile.base, place)


def runtime(statement: Statement, evidence: Evidence) -> Outcome:
    """The image runs on the stated version of a language, where its Dockerfile starts from an image of a language.

    A framework (``FastAPI``) shows in no rendering; nor does what is installed into another base.
    """
    dockerfile = _dockerfile(statement, evidence)
    product, version, lts = _base_words(statement.value)
    if product not in _LANGUAGES or not (version or lts):
        return not_checkable(statement, NOT_RENDERED)
    if dockerfile is not None and repository(dockerfile.base).rpartition("/")[2].lower() not in _LANGUAGES:
        return not_checkable(statement, NOT_RENDERED)
    return base(statement, evidence)


NOT_RENDERED = "no rendering shows this"
_LANGUAGES = frozenset(("python", "node", "golang", "openjdk", "ruby", "php", "rust", "deno", "bun"))
_SHORT = {"nodejs": "node", "node.js": "node", "node": "node", "go": "golang", "openjdk": "openjdk", "py": "python"}
_PRODUCTS = frozenset(
    ("python", "node", "golang", "openjdk", "alpine", "debian", "ubuntu", "nginx", "rust", "ruby", "php", "deno",
     "bun", "busybox", "httpd", "scratch", "distroless", "postgres", "redis", "amazoncorretto", "eclipse-temurin")
)  # fmt: skip
_NOISE = frozenset(("base", "image", "official", "lts", "version", "v", "the", "on", "runtime", "docker"))


def same_base(stated: str, found: str) -> bool | None:
    """Whether an image is the base that is stated in words; None where its tag does not tell.

    ``Node.js LTS`` is any even version of node, for those get long-term support
    (https://github.com/nodejs/release#release-schedule); ``Python 3.11`` is any tag that begins with 3.11.
    """
    product, version, lts = _base_words(stated)
    if not version and not lts and product not in _PRODUCTS and ":" not in stated:
        return None  # words, and no name of an image
    name = repository(found).rpartition("/")[2].lower()
    if product and product not in (name, name.partition("-")[0]) and repository(stated.partition(" ")[0]) != name:
        return False
    found_tag = tag(found).lower()
    number = re.match(r"v?(\d+(?:\.\d+)*)", found_tag)
    if lts and not version:
        if "lts" in re.split(r"[-.]", found_tag):
            return True
        return int(number[1].partition(".")[0]) % 2 == 0 if number else None
    if not version:
        return True
    if number is None:
        return None if found_tag in ("", "latest", "lts") else version in found_tag.split("-")
    return _starts(number[1].split("."), version.split("."))


def _starts(found: list[str], wanted: list[str]) -> bool:
    return found[: len(wanted)] == wanted or wanted[: len(found)] == found


def _base_words(stated: str) -> tuple[str, str, bool]:
    """Product, version and whether long-term support is meant: ``Node.js 20 LTS`` is node, 20, True."""
    text = re.sub(r"\(.*?\)", " ", stated.lower()).strip("` ")
    parts = [part for part in re.split(r"[\s:@,/]+", text) if part]
    version = next((m[1] for part in parts if (m := re.match(r"v?(\d+(?:\.\d+)*)(?:\.x|\+)?(?:-|$)", part))), "")
    named = [part for part in parts if not re.match(r"v?\d", part) and part not in _NOISE]
    product = named[0] if named else ""
    return _SHORT.get(product, product), version, "lts" in parts
