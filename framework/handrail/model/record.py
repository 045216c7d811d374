"""Records at run time: frozen values that know their fields by name, and nothing of pydantic until they need it.

Belongs here: making, comparing and copying records. Never here: validating or writing them; for that
`model.reading` builds pydantic's class of a record from the very same definition when it is first needed.

A class body is written as for pydantic. `_whole`, if a record has it, checks the record as a whole after its fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Self

REQUIRED = object()
"""The default of a field that has none."""


class FieldSpec:
    """What a class body gives to `Field`; kept for pydantic."""

    __slots__ = ("options",)

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options


def Field(**options: Any) -> Any:  # noqa: N802  # pydantic's name, which the type checker sees here
    """A field with a default, an alias or a constraint, as pydantic's `Field` takes them."""
    return FieldSpec(options)


class RecordType(type):
    """The class of record classes: it notes the fields; all else that is asked of the class is pydantic's."""

    own_fields: Mapping[str, Any]
    all_fields: Mapping[str, Any]

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> RecordType:
        """Take the fields out of the class body, so that reading one never finds its default on the class."""
        own = {field: body.pop(field, REQUIRED) for field in body.get("__annotations__", {})}
        made = super().__new__(mcs, name, bases, body)
        inherited = getattr(bases[0], "all_fields", {}) if bases else {}
        made.own_fields = MappingProxyType(own)
        made.all_fields = MappingProxyType({**inherited, **own})
        return made

    def __getattr__(cls, name: str) -> Any:
        """`model_fields`, `model_json_schema` and the like are asked of pydantic's class."""
        if not name.startswith("model_"):
            raise AttributeError(f"type object '{cls.__name__}' has no attribute '{name}'")
        from handrail.model.reading import reader_of

        return getattr(reader_of(cls), name)


class Record(metaclass=RecordType):
    """A frozen value."""

    def __init__(self, /, **values: Any) -> None:
        """Make the record from values that are validated.

        Raises:
            pydantic.ValidationError: a value is not what its field takes.
        """
        made = type(self).model_validate(values) if values else type(self).made({})
        object.__setattr__(self, "__dict__", made.__dict__)

    @classmethod
    def made(cls, values: dict[str, Any]) -> Self:
        """The record with these values, taken as they are, and the defaults of the fields left out.

        Raises:
            TypeError: a field without a default is left out, or a value is for no field.
        """
        fields = cls.all_fields
        if len(values) < len(fields):
            values = {name: values[name] if name in values else default_of(spec) for name, spec in fields.items()}
        elif not values.keys() <= fields.keys():
            raise TypeError(f"{cls.__name__} has no {', '.join(sorted(values.keys() - fields.keys()))}")
        record = object.__new__(cls)
        object.__setattr__(record, "__dict__", values)
        return record

    @classmethod
    def model_validate(cls, value: object) -> Self:
        """Make the record from plain values.

        Raises:
            pydantic.ValidationError: with every error.
        """
        from handrail.model.reading import light, reader_of, writable

        return value if isinstance(value, cls) else light(reader_of(cls).model_validate(writable(value)))

    @classmethod
    def model_validate_json(cls, data: bytes | str) -> Self:
        """Make the record from JSON.

        Raises:
            pydantic.ValidationError: with every error.
        """
        from handrail.model.reading import light, reader_of

        made: Self = light(reader_of(cls).model_validate_json(data))
        return made

    def model_dump(self, **options: Any) -> dict[str, Any]:
        """The record as plain values; the options are pydantic's."""
        from handrail.model.reading import writable

        written: dict[str, Any] = writable(self).model_dump(**options)
        return written

    def model_dump_json(self, **options: Any) -> str:
        """The record as JSON; the options are pydantic's."""
        from handrail.model.reading import writable

        written: str = writable(self).model_dump_json(**options)
        return written

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """The record with some values changed, which are taken as they are."""
        return type(self).made({**self.__dict__, **(update or {})})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


class Result(Record):
    """A record that our own code works out: taken as it is when made, validated when read from a file.

    The type checker sees to the types of what we make.
    """

    def __init__(self, /, **values: Any) -> None:
        """Make the record.

        Raises:
            TypeError: a field without a default is left out, or a value is for no field.
        """
        fields = type(self).all_fields
        if not values.keys() <= fields.keys():
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(values.keys() - fields.keys()))}")
        made = {name: values[name] if name in values else default_of(spec) for name, spec in fields.items()}
        object.__setattr__(self, "__dict__", made)


def default_of(spec: Any) -> Any:
    """The default that a field's definition gives. Records never change, so a default may be shared.

    Raises:
        TypeError: it gives none.
    """
    if isinstance(spec, FieldSpec):
        factory = spec.options.get("default_factory")
        spec = factory() if factory is not None else spec.options.get("default", REQUIRED)
    if spec is REQUIRED:
        raise TypeError("a field without a default is left out")
    return spec


class Words(Mapping[str, Any]):
    """The names in an annotation: first the given words, then those of the module; records as `of` gives them."""

    def __init__(self, module: Mapping[str, Any], words: Mapping[str, Any], of: Callable[[Any], Any]) -> None:
        self._module, self._words, self._of = module, words, of

    def meaning(self, annotation: str) -> Any:
        """What an annotation stands for."""
        return eval(annotation, {}, self)  # noqa: S307  # the annotations of our own classes

    def __getitem__(self, name: str) -> Any:
        if name in self._words:
            return self._words[name]
        value = self._module[name]
        if isinstance(value, RecordType):
            return self._of(value)
        return self.meaning(value) if isinstance(value, str) else value

    def __iter__(self) -> Iterator[str]:
        return iter({**self._module, **self._words})

    def __len__(self) -> int:
        return len({**self._module, **self._words})
