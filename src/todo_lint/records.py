"""What ``dataclasses`` offers, as far as todo-lint uses it, for a tenth of the time at start-up.

``dataclasses`` compiles up to six methods for each class when it is defined, and imports ``inspect``; with some
ninety classes that was a sixth of a whole run. Here the methods are shared by all classes, and the one that is
worth compiling, ``__init__``, is compiled when some objects of its class have been made. Type checkers see the
standard library's names. Fields are read from the class itself: a record does not inherit fields.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

__all__ = ["dataclass", "field", "replace"]

FILLED_ONE_BY_ONE = 8  # records of a class

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    _MISSING = object()

    class _Field:
        """What ``field()`` says of a field."""

        __slots__ = ("compare", "default", "default_factory", "init", "name", "repr")

        def __init__(self, default=_MISSING, default_factory=_MISSING, init=True, repr=True, compare=True):
            self.name = ""
            self.default = default
            self.default_factory = default_factory
            self.init = init
            self.repr = repr
            self.compare = compare

    def field(**options):
        """Describe a field: ``default``, ``default_factory``, ``init``, ``repr``, ``compare``."""
        return _Field(**options)

    def dataclass(*, slots, frozen=False, eq=True):
        """Make a record of a class: its annotated names are the fields. Records always have slots."""
        assert slots  # noqa: S101 - said at each class, since it is what the standard library is told as well

        def decorate(cls):
            return _record(cls, frozen=frozen, eq=eq)

        return decorate

    def replace(record, /, **changes):
        """Return a copy of a record in which some fields have other values."""
        for described in _fields(type(record)):
            if described.init and described.name not in changes:
                changes[described.name] = getattr(record, described.name)
        return type(record)(**changes)

    def _record(cls, *, frozen, eq):
        names = tuple(cls.__annotations__)
        space = dict(cls.__dict__)
        given = {name: space.pop(name) for name in names if name in space}
        del space["__dict__"], space["__weakref__"]
        space.update(_SHARED)
        space.update(__slots__=names, __match_args__=names, __qualname__=cls.__qualname__, __record_given__=given)
        if eq:
            space.update(__eq__=_eq, __hash__=_hash if frozen else None)
        if frozen:
            space.update(_FROZEN)
        return type(cls)(cls.__name__, cls.__bases__, space)

    def _fields(cls):
        """The fields of a class, in order; they are described when they are first asked for."""
        known = _described.get(cls)
        if known is None:
            given = cls.__record_given__
            known = _described[cls] = tuple(_field(name, given.get(name, _MISSING)) for name in cls.__slots__)
        return known

    _described = {}

    def _field(name, given):
        described = given if isinstance(given, _Field) else _Field(given)
        described.name = name
        return described

    def _key(record):
        """What records are compared by: the values of their fields."""
        cls = type(record)
        known = _keys.get(cls)
        if known is None:
            names = [described.name for described in _fields(cls) if described.compare]
            known = _keys[cls] = attrgetter(*names) if names else _no_key
        return known(record)

    _keys = {}

    def _no_key(record):
        return ()

    def _first_init(self, *args, **kwargs):
        """Fill the first records of a class one field after the other; then compile the class's own ``__init__``.

        That one is put in this place. It takes as long to compile as a dozen records to fill.
        """
        cls = type(self)
        made = _made[cls] = _made.get(cls, 0) + 1
        if made > FILLED_ONE_BY_ONE or not _fill(self, cls, args, kwargs):
            cls.__init__ = _compiled_init(cls)
            cls.__init__(self, *args, **kwargs)

    _made = {}

    def _is_parameter(described):
        return described.init or described.default is not _MISSING or described.default_factory is not _MISSING

    def _fill(self, cls, args, kwargs):
        """Set the fields of a record from its arguments. False where these do not fit: ``__init__`` tells why."""
        values, left, waiting = {}, dict(kwargs), list(reversed(args))
        for described in filter(_is_parameter, _fields(cls)):
            if waiting:
                values[described.name] = waiting.pop()
            elif described.name in left:
                values[described.name] = left.pop(described.name)
            elif described.default_factory is not _MISSING:
                values[described.name] = described.default_factory()
            elif described.default is not _MISSING:
                values[described.name] = described.default
            else:
                return False
        if left or waiting:
            return False
        for name, value in values.items():
            cls.__dict__[name].__set__(self, value)  # the slot's own: frozen or not
        if hasattr(cls, "__post_init__"):
            self.__post_init__()
        return True

    def _compiled_init(cls):
        names = {"_MISSING": _MISSING}
        parameters, body = ["self"], []
        for described in _fields(cls):
            name = described.name
            names[f"_set_{name}"] = cls.__dict__[name].__set__  # the slot's own: frozen or not
            if described.default_factory is not _MISSING:
                names[f"_make_{name}"] = described.default_factory
                parameters.append(f"{name}=_MISSING")
                body.append(f"_set_{name}(self, _make_{name}() if {name} is _MISSING else {name})")
            elif described.default is not _MISSING:
                names[f"_default_{name}"] = described.default
                parameters.append(f"{name}=_default_{name}")
                body.append(f"_set_{name}(self, {name})")
            elif described.init:
                parameters.append(name)
                body.append(f"_set_{name}(self, {name})")
        if hasattr(cls, "__post_init__"):
            body.append("self.__post_init__()")
        text = f"def __init__({', '.join(parameters)}):\n " + "\n ".join(body or ["pass"])
        exec(text, names)  # noqa: S102 - of names of fields alone
        init = names["__init__"]
        init.__qualname__ = f"{cls.__qualname__}.__init__"
        return init

    def _repr(self):
        shown = (d.name for d in _fields(type(self)) if d.repr)
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def _eq(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return _key(self) == _key(other)

    def _hash(self):
        return hash(_key(self))

    def _refuse(self, name, *_):
        raise AttributeError(f"cannot change field {name!r} of a frozen record")

    def _set_state(self, state):
        for name, value in state[1].items():
            object.__setattr__(self, name, value)

    _SHARED = {"__init__": _first_init, "__repr__": _repr}
    _FROZEN = {"__setattr__": _refuse, "__delattr__": _refuse, "__setstate__": _set_state}
