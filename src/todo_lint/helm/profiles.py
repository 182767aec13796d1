"""Profiles: the ways in which a chart is installed and checked.

Without options they are the chart's default values and each ``ci/*-values.yaml``, as chart-testing installs them
(but it leaves the defaults out). With ``-f`` or ``--set`` there is one profile, of those values.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from todo_lint.errors import UserError
from todo_lint.helm.chart import Chart
from todo_lint.helm.checks import check_release_name
from todo_lint.helm.engine import RenderOptions
from todo_lint.helm.metadata import read_mapping
from todo_lint.helm.set_values import Reader, merge, set_values, typed
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.records import dataclass, field, replace

DEFAULT = "default"
GIVEN = "given values"
CI_SUFFIX = "-values.yaml"
MAX_VALUES_SIZE = 5 << 20


@dataclass(frozen=True, slots=True)
class ValueOptions:
    """Values as the command line gives them; each kind is carried out in Helm's order, whatever theirs was."""

    files: tuple[str, ...] = ()
    set_json: tuple[str, ...] = ()
    set: tuple[str, ...] = ()
    set_string: tuple[str, ...] = ()
    set_file: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.files, self.set_json, self.set, self.set_string, self.set_file))


@dataclass(frozen=True, slots=True)
class NamedValues:
    """A profile that the configuration adds."""

    name: str
    values: ValueOptions


@dataclass(frozen=True, slots=True)
class ProfileOptions:
    """What decides the profiles of a chart. ``release_name`` empty: the chart's name is taken."""

    kubernetes_version: str
    release_name: str = ""
    namespace: str = "default"
    api_versions: tuple[str, ...] = ()
    given: ValueOptions = ValueOptions()
    extra: tuple[NamedValues, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to install a chart. ``values`` are laid over the chart's own; ``files`` are where they come from.

    ``variant`` says what is otherwise than in the profile of this name, where it is rendered in several ways.
    """

    name: str
    values: dict[str, Json] = field(repr=False)
    options: RenderOptions
    files: tuple[str, ...] = ()
    variant: str = ""

    @property
    def key(self) -> str:
        """What tells this way to install the chart from all others: the name, and the variant if it is one."""
        return f"{self.name} ({self.variant})" if self.variant else self.name


def of_own_files(chart: Chart, profiles: Iterable[Profile]) -> bool:
    """Whether all values of the profiles come from the chart's own files; what a user gives may be secret."""
    own = {chart.place(name) for name in chart.ci_values}
    return all(not profile.values or (profile.files and own.issuperset(profile.files)) for profile in profiles)


def profiles_of(chart: Chart, options: ProfileOptions) -> tuple[Profile, ...]:
    """The profiles of a chart: the default one first, then the ci files by name, then those of the configuration.

    Raises UserError for a values file that cannot be read, an expression of ``--set`` that is wrong, and a release
    name that Helm does not take.
    """
    if options.release_name:
        check_release_name(options.release_name)
    install = RenderOptions(
        release_name=options.release_name or release_name_for(chart),
        kubernetes_version=options.kubernetes_version,
        namespace=options.namespace,
        api_versions=options.api_versions,
    )
    if options.given:
        return (Profile(GIVEN, merged_values(options.given), install, options.given.files),)
    profiles = [Profile(DEFAULT, {}, install)]
    for name in sorted(chart.ci_values):
        place = chart.place(name)
        values = read_mapping(chart.ci_values[name], place)
        profiles.append(Profile(name.removeprefix("ci/").removesuffix(CI_SUFFIX), values, install, (place,)))
    for named in options.extra:
        profiles.append(Profile(named.name, merged_values(named.values), install, named.values.files))
    return tuple(_with_own_names(profiles))


def _with_own_names(profiles: Iterable[Profile]) -> Iterator[Profile]:
    """The profiles, of which those with a name that is taken get that of their file, or a number.

    What is known of a profile goes by its name, and a ``ci/default-values.yaml`` must not hide the defaults.
    """
    taken: set[str] = set()
    for profile in profiles:
        names = [profile.name, *profile.files[:1], *(f"{profile.name} {number}" for number in range(2, 1000))]
        name = next((one for one in names if one not in taken), profile.name)
        taken.add(name)
        yield profile if name == profile.name else replace(profile, name=name)


def release_name_for(chart: Chart) -> str:
    """The chart's name as a release name: Helm allows names of at most 53 characters, as DNS-1123 has them."""
    name = re.sub(r"[^a-z0-9-]+", "-", chart.metadata.name.lower())[:53].strip("-")
    return name or "release"


def merged_values(given: ValueOptions) -> dict[str, Json]:
    """Lay values files and expressions over each other in Helm's order (pkg/cli/values, MergeValues).

    Files first, each over the one before, then ``--set-json``, ``--set``, ``--set-string``, ``--set-file``.
    """
    values: dict[str, Json] = {}
    for file in given.files:
        values = merge(values, read_mapping(read_values_file(file), file))
    values = copy.deepcopy(values)
    _set_all("--set-json", given.set_json, values)
    _set_all("--set", given.set, values)
    _set_all("--set-string", given.set_string, values)
    _set_all("--set-file", given.set_file, values)
    return values


def _set_all(option: str, expressions: Sequence[str], values: dict[str, Json]) -> None:
    readers: dict[str, Reader] = {"--set": typed, "--set-string": str, "--set-file": _file_text}
    for expression in expressions:
        set_values(option, expression, values, readers.get(option))


def _file_text(file: str) -> Json:
    try:
        return read_values_file(file).decode()
    except UnicodeDecodeError as error:
        raise UserError("the file is not text in UTF-8", file=file) from error


def read_values_file(file: str) -> bytes:
    """The bytes of a values file. Raises UserError for one that cannot be read or is too large."""
    try:
        with Path(file).open("rb") as opened:
            data = opened.read(MAX_VALUES_SIZE + 1)
    except FileNotFoundError as error:
        raise UserError("no such file", file=file) from error
    except (OSError, ValueError) as error:
        raise UserError(f"it cannot be read: {getattr(error, 'strerror', None) or error}", file=file) from error
    if len(data) > MAX_VALUES_SIZE:
        raise UserError(f"the file is larger than {MAX_VALUES_SIZE >> 20} MiB", file=file)
    return data
