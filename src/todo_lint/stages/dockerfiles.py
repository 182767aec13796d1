"""Finds and reads the Dockerfiles of the images that a data model speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from todo_lint.errors import UserError
from todo_lint.model.dockerfiles import Dockerfile
from todo_lint.model.images import repository
from todo_lint.model.naming import words
from todo_lint.model.statements import Attribute, DataModel, Kind
from todo_lint.stages.dockerfile_search import dockerfiles_in

MAX_SIZE = 1 << 20


def dockerfiles_of(
    model: DataModel, named: Mapping[str, str], folders: Sequence[str]
) -> tuple[dict[str, Dockerfile], str]:
    """The Dockerfiles of a document's images by the image's stated name, and a remark on those that were not found.

    Args:
        model: the document; only images of which it states a base, a runtime or a port are looked for.
        named: files by image, from the configuration.
        folders: the chart's folder and those above it, the top of the repository last.

    Raises:
        UserError: when a file of the configuration cannot be read.
    """
    images = _images(model)
    stated = {statement.name for statement in model.statements if statement.kind == Kind.IMAGE}
    unknown = _unknown([image for image in named if image not in stated], model.file)
    if not images:
        return {}, unknown
    found = {image: read_dockerfile(named[image]) for image in images if image in named}
    rest = [image for image in images if image not in found]
    candidates = [(frozenset(words(own)), path) for own, path in dockerfiles_in(folders)] if rest else []
    for image in rest:
        path = _file_of(image, candidates)
        if path is not None:
            with suppress(UserError):  # nobody said that this file is a Dockerfile; its image counts as without
                found[image] = read_dockerfile(path)
    bases = [s.name for s in model.stated(Kind.IMAGE, Attribute.BASE) if s.name not in found]
    return found, "; ".join(filter(None, (_remark(bases), unknown)))


def _images(model: DataModel) -> list[str]:
    wanted = (Attribute.BASE, Attribute.RUNTIME, Attribute.CONTAINER_PORT)
    return list(dict.fromkeys(s.name for attribute in wanted for s in model.stated(Kind.IMAGE, attribute)))


def _remark(missing: list[str]) -> str:
    if not missing:
        return ""
    names = ", ".join(missing)
    return (
        f"no Dockerfile of {names} was found, so the base was not checked (dockerfiles in the configuration names it)"
    )


def _unknown(images: list[str], document: str) -> str:
    """What is said of images in the configuration that the document does not have: their files are not looked at."""
    if not images:
        return ""
    return f"dockerfiles in the configuration names {', '.join(images)}, of which {document} states nothing"


def _file_of(image: str, candidates: Sequence[tuple[frozenset[str], str]]) -> str | None:
    """The only Dockerfile whose words tell the image: those of ``todo-backend`` hold those of ``backend/``."""
    wanted = set(words(repository(image).rpartition("/")[2]))
    fitting = [path for own, path in candidates if own and own <= wanted]
    best = [path for own, path in candidates if own == wanted] or fitting
    return best[0] if len(best) == 1 else None


def read_dockerfile(path: str) -> Dockerfile:
    """Read a Dockerfile: the base of its last stage, and the ports that it exposes.

    Raises:
        UserError: when it cannot be read, or has no FROM.
    """
    import io
    import logging

    from dockerfile_parse import DockerfileParser  # type: ignore[import-untyped]

    raw = _bytes(path)
    logging.getLogger("dockerfile_parse").disabled = True
    parser = DockerfileParser(fileobj=io.BytesIO(raw))
    arguments: dict[str, str] = {}
    stages: dict[str, str] = {}
    base, line, ports = "", 0, dict[str, int]()
    for entry in parser.structure:
        instruction, value, number = entry["instruction"], entry["value"], entry["startline"] + 1
        if instruction in ("ARG", "ENV"):
            arguments.update(_set(value))
        elif instruction == "FROM":
            base, alias = _from(value, arguments, stages)
            stages[alias.lower()] = base
            line, ports = number, {}
        elif instruction == "EXPOSE":
            exposed = [_filled(word, arguments).partition("/")[0] for word in value.split()]
            ports.update({port: number for port in exposed if port.isdigit()})
    if not base:
        raise UserError("this Dockerfile has no FROM", file=path)
    return Dockerfile(path, base, line, ports)


def _set(value: str) -> Iterator[tuple[str, str]]:
    """What ``ARG A=1`` and ``ENV A=1 B=2`` set; an ARG without a default sets nothing."""
    for name, text in re.findall(r"(\w+)=(\"[^\"]*\"|'[^']*'|\S+)", value):
        yield name, text.strip("\"'")


def _bytes(path: str) -> bytes:
    try:
        if Path(path).stat().st_size > MAX_SIZE:
            raise UserError(f"the Dockerfile is larger than {MAX_SIZE >> 20} MiB", file=path)
        return Path(path).read_bytes().decode("utf-8", "replace").encode()
    except OSError as error:
        raise UserError(f"the Dockerfile cannot be read: {error.strerror}", file=path) from error


def _from(value: str, arguments: Mapping[str, str], stages: Mapping[str, str]) -> tuple[str, str]:
    """The image that a stage starts from, through earlier stages, and the stage's own name."""
    parts = [part for part in value.split() if not part.startswith("--")]
    image = _filled(parts[0], arguments) if parts else ""
    alias = parts[2] if len(parts) == 3 and parts[1].lower() == "as" else ""
    return stages.get(image.lower(), image), alias


def _filled(text: str, arguments: Mapping[str, str]) -> str:
    """A text with ``$NAME``, ``${NAME}`` and ``${NAME:-default}`` filled in."""

    def value(match: re.Match[str]) -> str:
        name = match["plain"] or match["name"]
        return arguments.get(name) or match["default"] or match[0]

    return re.sub(r"\$(?P<plain>\w+)|\$\{(?P<name>\w+)(?::-(?P<default>[^}]*))?\}", value, text)
