"""A number that knows what it measures, what it counts, where it comes from and how it was made."""

import ast
import hashlib
import inspect
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from html import escape
from itertools import product
from typing import Any

from analysis.errors import InputError
from analysis.formulas.steps import right_side, substituted
from analysis.library.amounts import Amount
from analysis.library.quantities import Quantity, quantity


class Status(StrEnum):
    """How far a value can be trusted, as stated by its source."""

    MEASURED = "measured"
    MEDIAN = "median-of-runs"
    SUPPLIED = "vendor-supplied"
    QUOTED = "quoted"
    THIRD_PARTY = "third-party"
    DERIVED = "derived"
    INTERPOLATED = "interpolated"
    MODELED = "modeled"
    ESTIMATE = "estimate"
    PLACEHOLDER = "placeholder"
    CORRECTED = "corrected"
    ASSUMED = "assumed"
    CHOSEN = "chosen"


CAUTIONS = frozenset(Status) - {Status.MEASURED, Status.QUOTED, Status.THIRD_PARTY, Status.DERIVED, Status.CHOSEN}
_BETWEEN_KINDS = " / "
NO_MATHEMATICS = "tex2jax_ignore mathjax_ignore"
"""The classes of an output in which a dollar is a dollar, and begins no equation."""
WIDE = 2.0  # a bracket whose ends differ by more than this factor is shown beside the value that it belongs to
ROUNDING = 1e-12  # how near a whole number, relatively, a count is taken to be that number


class MixedKindsError(InputError):
    """Values that count different things cannot be combined."""


@dataclass(frozen=True)
class Source:
    """Where a value was read: a publication, and the part of it where it has parts of their own address."""

    id: str
    title: str
    publisher: str
    url: str
    published: str
    part: str = ""
    part_url: str = ""

    def record(self) -> dict[str, str]:
        """Return id, title and address, of the part where there is one, as plain JSON values."""
        title = f"{self.title}; {self.part}" if self.part else self.title
        return {"id": self.id, "title": title, "url": self.part_url or self.url}


@dataclass(frozen=True, repr=False)
class Value(Amount):
    """One number with its meaning and its origin; it computes and compares as that number.

    Attributes:
        number: The amount, in the quantity's unit, unrounded.
        quantity: What it measures.
        subject: What it is a property of, by its name in text ("HGX H200").
        status: How far it can be trusted.
        kinds: What it counts, by aspect ("tokens": "total", "price": "hyperscaler ownership").
        sources: Where it, or what it is made from, was read.
        as_of: The day from which it is valid, ISO; of a derived value the latest of its inputs.
        place: Where it stands in the project ("data/hardware.csv, line 3").
        note: What its source says about it.
        formula: The function of `analysis.formulas` that made it, if one did.
        inputs: The values that the formula took, by argument.
        printed: The figure exactly as its source prints it, where it is such a figure.
        digits: The significant digits that the number supports; 0 leaves them to the place where it is shown.
        bracket: Of an interpolated value and what is made from it: the ends between which the measured rows put it.
    """

    number: float
    quantity: Quantity
    subject: str
    status: Status
    kinds: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    as_of: str = ""
    place: str = ""
    note: str = ""
    formula: Callable[..., Any] | None = None
    inputs: Mapping[str, "Value"] = field(default_factory=dict)
    printed: str = ""
    digits: int = 0
    bracket: tuple[float, float] | None = None

    @property
    def unit(self) -> str:
        """The unit of the number."""
        return self.quantity.unit

    def __str__(self) -> str:
        return f"{self.show()} {self.unit}".rstrip()

    def __repr__(self) -> str:
        """The number with its unit, name, status and day, on a line."""
        day = f", {self.as_of}" if self.as_of else ""
        left_open = f" ({self.between()})" if self.bracket else ""
        return f"<{self}{left_open}: {self.name}; {self.status}{day}>"

    @cached_property
    def cautions(self) -> frozenset[Status]:
        """The statuses that taint this value: its own and those of everything it is made from."""
        own = {self.status} & CAUTIONS
        return frozenset(own).union(*(value.cautions for value in self.inputs.values()))

    @property
    def name(self) -> str:
        """What the value is, in words: quantity, subject, and what it counts."""
        counts = ", ".join(self.kinds.values())
        return f"{self.quantity.name}, {self.subject}" + (f" ({counts})" if counts else "")

    @cached_property
    def id(self) -> str:
        """A short name that is the same whenever the value is, and another one where anything differs."""
        parts = (
            float(self.number), self.quantity.key, self.subject, str(self.status), sorted(self.kinds.items()),
            self.sources, self.as_of, self.place, self.note, self.formula and self.formula.__name__,
            sorted((argument, value.id) for argument, value in self.inputs.items()), self.printed,
            self.digits, *(self.bracket or ()),
        )  # fmt: skip
        return "n" + hashlib.sha256(repr(parts).encode()).hexdigest()[:10]

    def show(self, digits: int = 3) -> str:
        """Return the number as text with so many significant digits, without its unit; a printed figure as it is."""
        return self.printed or self.quantity.show(self.number, self.digits or digits)

    @cached_property
    def interpolated(self) -> tuple["Value", ...]:
        """The values with a bracket of their own that this one rests on, or itself, each once."""
        if self.bracket is None:
            return ()
        leaves = {leaf.id: leaf for value in self.inputs.values() for leaf in value.interpolated}
        return tuple(leaves.values()) if self.formula and leaves else (self,)

    def supposing(self, numbers: Mapping[str, float]) -> float:
        """Return what the number would be if values that it rests on had others, by their ids."""
        if self.formula is None or self.bracket is None or self.id in numbers:
            return numbers.get(self.id, self.number)
        return float(self.formula(**{name: value.supposing(numbers) for name, value in self.inputs.items()}))

    @property
    def is_wide(self) -> bool:
        """Whether the measured rows around it leave more than a factor of 2 open."""
        return self.bracket is not None and self.bracket[1] > WIDE * self.bracket[0]

    @property
    def ends(self) -> tuple["Value", ...]:
        """The ends of a bracket that is shown: of one that is wide; else nothing."""
        return self.both_ends if self.is_wide else ()

    @property
    def both_ends(self) -> tuple["Value", ...]:
        """The ends of its bracket, the lower one first; nothing where it has none."""
        return tuple(
            Value(
                end, self.quantity, self.subject, Status.DERIVED, self.kinds, self.sources, self.as_of,
                note=f"{which} end of what the measured rows around it leave open", digits=self.digits,
            )
            for which, end in zip(("lower", "upper"), self.bracket or (), strict=False)
        )  # fmt: skip

    @property
    def reach(self) -> tuple[float, float]:
        """Between which amounts the measured rows put it; twice the number where nothing was interpolated."""
        return self.bracket or (self.number, self.number)

    def between(self, digits: int = 3) -> str:
        """Return the ends of the bracket as text, without their unit; empty where there is none."""
        return " to ".join(self.quantity.show(end, digits) for end in self.bracket or ())

    def _repr_html_(self) -> str:
        """The number with its name, unit and cautions, for Jupyter."""
        cautions = f" <em>({', '.join(sorted(self.cautions))})</em>" if self.cautions else ""
        text = f"<strong>{escape(self.show(4))}</strong> {escape(self.quantity.unit)} {escape(self.name)}{cautions}"
        return f'<span class="{NO_MATHEMATICS}">{text}</span>'

    def record(self) -> dict[str, Any]:
        """Return what a reader needs to follow this number, as plain JSON values."""
        taken = {name: value.show(4) for name, value in self.inputs.items()}
        return {
            "id": self.id,
            "value": self.number if math.isfinite(self.number) else None,
            "text": self.show(4),
            "unit": self.quantity.unit,
            "name": self.name,
            "formula": self.formula.__name__ if self.formula else "",
            "substitution": substituted(self.formula, taken) if self.formula else "",
            "inputs": [value.id for value in self.inputs.values()],
            "status": str(self.status),
            "cautions": sorted(self.cautions),
            "as_of": self.as_of,
            "sources": [source.record() for source in self.sources],
            "place": self.place,
            "note": self.note,
            **({"bracket": [*self.bracket]} if self.bracket else {}),
        }

    def trail(self) -> Iterator["Value"]:
        """Yield this value and everything it is made from, each once, inputs after what they make."""
        made: dict[str, Value] = {}

        def follow(value: Value) -> None:
            if value.id not in made:
                for made_from in reversed([*value.inputs.values()]):
                    follow(made_from)
                made[value.id] = value

        follow(self)
        yield from reversed(made.values())


def calculate(formula: Callable[..., Any], *, mixing: tuple[str, ...] = (), **inputs: Value) -> Value:
    """Return what the formula makes of the values, with their sources, dates, kinds and cautions.

    Args:
        formula: A function of `analysis.formulas`, or of one's own; its name is the key of the quantity that it
            returns, and its arguments are keys of quantities; `define` adds them.
        mixing: The aspects ("sparsity") in which the inputs may differ; the result is then marked as mixed.
        **inputs: The values, by the formula's arguments.

    Raises:
        MixedKindsError: Two inputs count different things.
        InputError: A value of another quantity than the argument's, or a function that is no formula.
    """
    _check_formula(formula, inputs)
    for argument, value in inputs.items():
        _check_quantity(formula, argument, value)
    if formula.__name__ == "ratio" and len({value.quantity.unit for value in inputs.values()}) > 1:
        raise MixedKindsError(f"ratio of {' and '.join(value.name for value in inputs.values())}: unlike units")
    subjects = dict.fromkeys(value.subject for value in inputs.values())
    return Value(
        number=float(formula(**{argument: value.number for argument, value in inputs.items()})),
        quantity=quantity(formula.__name__),
        subject=" / ".join(subjects),
        status=Status.DERIVED,
        kinds=_merged_kinds(inputs, mixing),
        formula=formula,
        bracket=_bracket(formula, inputs),
        **resting_on(inputs),
    )


def resting_on(inputs: Mapping[str, Value]) -> dict[str, Any]:
    """Return the fields of a value that rests on others: these, all their sources, and the latest of their days."""
    sources = dict.fromkeys(source for value in inputs.values() for source in value.sources)
    latest = max((value.as_of for value in inputs.values()), default="")
    return {"inputs": inputs, "sources": tuple(sources), "as_of": latest}


def counted_up(number: float, key: str, subject: str, note: str, inputs: Mapping[str, Value]) -> Value:
    """Return a number that no formula makes, such as a count of whole systems, with what it was made from."""
    return Value(float(number), quantity(key), subject, Status.DERIVED, note=note, **resting_on(inputs))


def made(subject: str, formula: Callable[..., Any], /, **inputs: Value) -> Value:
    """Return the result of a formula as a property of one subject rather than of the subjects of all its inputs."""
    return replace(calculate(formula, mixing=(), **inputs), subject=subject)


def _bracket(formula: Callable[..., Any], inputs: Mapping[str, Value]) -> tuple[float, float] | None:
    """Return the bracket of a result; a formula rises or falls with each interpolated value that it rests on.

    Such a value takes the same end wherever it enters, so that what cancels leaves nothing open.
    """
    values = {leaf.id: leaf for value in inputs.values() for leaf in value.interpolated}
    brackets = [leaf.bracket for leaf in values.values() if leaf.bracket]
    if not brackets:
        return None
    corners = []
    for ends in product(*brackets):
        numbers = dict(zip(values, ends, strict=True))
        corners.append(float(formula(**{name: value.supposing(numbers) for name, value in inputs.items()})))
    return min(corners), max(corners)


def _check_formula(formula: Callable[..., Any], inputs: Mapping[str, Value]) -> None:
    """Refuse a function of one's own that no report could show as an equation, and arguments that are missing."""
    if formula.__module__.startswith("analysis."):
        return
    quantity(formula.__name__)
    try:
        names = {node.id for node in ast.walk(ast.parse(right_side(formula))) if isinstance(node, ast.Name)}
    except (AssertionError, ValueError, TypeError, OSError, SyntaxError):
        names = {""}
    asked = inspect.signature(formula).parameters
    if strange := names - asked.keys() - formula.__globals__.keys() | inputs.keys() ^ asked.keys():
        problem = ", ".join(sorted(strange)) or "no single return"
        raise InputError(
            f"{formula.__name__}({', '.join(asked)}): found {problem}; allowed is a function that returns arithmetic"
            " of its arguments, called with all of them by name"
        )


def _check_quantity(formula: Callable[..., Any], argument: str, value: Value) -> None:
    wanted, given_quantity = quantity(argument), value.quantity
    alike = (wanted.unit, wanted.style) == (given_quantity.unit, given_quantity.style)
    if argument not in ("numerator", "denominator") and not alike:
        raise InputError(
            f"{formula.__name__}: {argument} is in {wanted.unit}, found {value.name} in {given_quantity.unit}"
        )


def _merged_kinds(inputs: Mapping[str, Value], mixing: tuple[str, ...]) -> dict[str, str]:
    merged: dict[str, str] = {}
    for argument, value in inputs.items():
        for aspect, kind in value.kinds.items():
            merged_kind = merged.setdefault(aspect, kind)
            if merged_kind == kind:
                continue
            if aspect not in mixing:
                raise MixedKindsError(
                    f"{argument}: {value.name} counts {aspect} {kind!r} where the rest counts {merged_kind!r}"
                )
            if kind not in merged_kind.split(_BETWEEN_KINDS):
                merged[aspect] = f"{merged_kind}{_BETWEEN_KINDS}{kind}"
    return merged


def counted(number: float, what: str) -> Value:
    """Return a count of something in the analysis itself, such as how many claims hold."""
    return Value(float(number), quantity("count"), what, Status.DERIVED)


def some(number: float, what: str, none: str = "none") -> Value | str:
    """Return a count as a sentence says it: in words where there is nothing to count."""
    return counted(number, what) if number else none


def given(values: Iterable[Value]) -> list[Value]:
    """Return the given values that the values are computed from, each once."""
    return list({origin.id: origin for value in values for origin in value.trail() if not origin.inputs}.values())
