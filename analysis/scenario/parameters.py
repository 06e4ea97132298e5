"""The conditions of the analysis: what a notebook's parameter cell and a scenario's file name, checked at once."""

import datetime
import inspect
from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic._internal._model_construction import ModelMetaclass

from analysis.errors import InputError, nearest
from analysis.library.loading.fields import Day, Line, excerpt
from analysis.scenario.fields import (
    Growth,
    LargeAmount,
    MonthlyGrowth,
    PlatformKey,
    PositiveAmount,
    Quote,
    Rate,
    Share,
    SnapshotName,
    TokenCount,
    TokenModel,
    TokenProvider,
    Vintage,
    Workload,
)  # fmt: skip

M = TypeVar("M", bound=BaseModel)


class _Refusing(ModelMetaclass):
    """A class whose arguments are refused in the package's own words."""

    def __call__(self, *arguments: Any, **values: Any) -> Any:
        allowed = getattr(self, "model_fields", {})
        unknown = next((name for name in values if name not in allowed), None)
        if unknown is not None:
            raise InputError(f"{self.__name__}: unknown parameter {excerpt(unknown)}; {nearest(unknown, allowed)}")
        try:
            return super().__call__(*arguments, **values)
        except ValidationError as error:
            raise InputError(f"{self.__name__}: {_problem(error)[1]}") from None


class Parameters(BaseModel, metaclass=_Refusing):
    """The conditions of the analysis; a notebook's parameter cell names those that it uses."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    baseline: PlatformKey = Field("h200", description="platform that the other is measured against")
    subject: PlatformKey = Field("gb300", description="platform that the statement is about")
    input_tokens: TokenCount = Field(1024, description="input sequence length (ISL), tokens")
    output_tokens: TokenCount = Field(1024, description="output sequence length (OSL), tokens")
    workloads: list[Workload] = Field([], description="a mix of requests in place of one length", max_length=20)
    minimum_interactivity: PositiveAmount = Field(116.0, description="tok/s/user that a user must get at least")
    minimum_accuracy: Share | None = Field(None, description="GSM8K accuracy that a series must have shown at least")
    suspect_series: list[str] = Field(
        [], max_length=100, description='suspect series that may answer all the same: "gb300 dynamo-trt fp8 mtp"'
    )
    origin: list[Line] = Field(
        [], max_length=100, description='publishers whose rows may answer, such as "Example Lab"; none: all'
    )
    as_of: Day = Field(datetime.date(2026, 4, 15), description="cut-off: only rows measured until this day")
    snapshot: SnapshotName = Field(
        "inferencex-deepseek-r1-2026-05-05", description="benchmark rows, a file in data/benchmarks"
    )
    vintage: Vintage = Field("2026-04", description="vintage of prices and power")
    price_tier: Literal["hyperscaler", "neocloud", "rental_3yr"] = Field("hyperscaler", description="price tier")
    baseline_price: PositiveAmount | None = Field(None, description="own price of the baseline, USD/GPU/h")
    subject_price: PositiveAmount | None = Field(None, description="own price of the subject, USD/GPU/h")
    baseline_rate: Rate = Field("fp8_sparse", description="peak rate of the baseline behind FLOPS per dollar")
    subject_rate: Rate = Field("fp4_dense", description="peak rate of the subject behind FLOPS per dollar")
    token_provider: TokenProvider = Field("Crusoe", description="whose public price tokens are sold at")
    token_model: TokenModel | None = Field(None, description="model as that provider names it; none: its only one")
    cache_hit_rate: float = Field(0.0, ge=0, le=1, description="share of input tokens found in a cache")
    utilization: Share | None = Field(None, description="tokens sold over full load; none: the data's estimate")
    annual_price_decline: float = Field(0.0, ge=0, lt=1, description="share of the token price lost each year")
    outlook_weights: dict[Literal["bull", "base", "bear"], Share] = Field(
        {}, description="your own weights of the outlooks bull, base and bear; none: no weights"
    )

    tokens_per_day: LargeAmount = Field(
        2e9, description="buyer's load: input and output tokens per day, as ISL to OSL"
    )
    input_tokens_per_day: LargeAmount | None = Field(
        None, description="buyer's input tokens per day, in place of the sum"
    )
    output_tokens_per_day: LargeAmount | None = Field(
        None, description="buyer's output tokens per day, with the former"
    )
    concurrent_users: LargeAmount | None = Field(
        None, description="buyer's users served at once at the peak, in their place"
    )
    day_shape: Literal["flat", "office hours", "two time zones"] | None = Field(
        None, description="load over a day, in place of its peak"
    )
    hourly_load: list[Annotated[float, Field(ge=0, le=1e18, allow_inf_nan=False)]] = Field(
        [], description="the same as 24 numbers in any unit, an hour each", max_length=24
    )
    batch_share: float = Field(
        0.0, ge=0, le=1, description="share of the tokens that may wait for any hour of the day"
    )
    peak_factor: Annotated[float, Field(ge=1, le=1000)] = Field(1.5, description="peak load over mean load")
    peak_utilization: Share = Field(0.9, description="peak load as a share of the measured full load")
    growth_per_year: Growth = Field(1.0, description="growth of the load in a year, 1 being twice the load")
    growth_per_month: MonthlyGrowth | None = Field(
        None, description="growth of the load in a month, in place of a year's"
    )
    horizon: Annotated[int, Field(ge=1, le=240)] = Field(36, description="months that the buyer plans for")
    minimum_interactivity_p99: PositiveAmount | None = Field(None, description="tok/s/user, 99th percentile")
    maximum_ttft_median: PositiveAmount | None = Field(None, description="median time to first token, s")
    maximum_ttft_p99: PositiveAmount | None = Field(None, description="time to first token, s, 99th percentile")
    power_limit: LargeAmount | None = Field(None, description="power that the buyer's site may take, MW")
    budget_per_month: LargeAmount | None = Field(None, description="what the buyer may spend, USD/month")
    purchase: Literal["systems", "deployments"] = Field("systems", description="whole systems are paid, or GPUs used")
    spares: Annotated[int, Field(ge=0, le=10_000)] = Field(0, description="deployments of each site that may fail")
    sites: Annotated[int, Field(ge=1, le=100)] = Field(1, description="sites that share the load evenly")
    quotes: list[Quote] = Field([], description="prices offered to the buyer", max_length=100)
    exchange_rates: dict[str, PositiveAmount] = Field(
        {}, description="USD for a unit of a quote's currency: EUR: 1.16"
    )

    finance: dict[str, Any] = Field({}, description="own costs of owning a GPU: amounts by INPUT or PLATFORM.INPUT")
    uncertain: dict[str, Any] = Field({}, description="own distributions of uncertain inputs, by such names")
    correlations: list[Any] = Field([], description="pairs of uncertain inputs that move together", max_length=100)
    seed: Annotated[int, Field(ge=0, le=2**32 - 2)] = Field(1, description="seed of the draws of uncertain inputs")
    stated: list[str] = Field([], description="parameters that the scenario states, be it at their defaults")

    @classmethod
    def gathered(cls, names: Mapping[str, Any]) -> "Parameters":
        """Return the parameters among a notebook's names, checked; those that it does not name keep their defaults.

        Set, as pydantic says it, are those that `stated` names or that differ from their defaults.

        Args:
            names: What the notebook's parameter cell assigned, such as its `globals()`; days as ISO text.

        Raises:
            InputError: A value is not allowed.
        """
        given = {key: names[key] for key in cls.model_fields if key in names}
        checked = modeled(cls, given, lambda key: "parameter")
        left = {key: cls.model_fields[key].default == getattr(checked, key) for key in given}
        return cls.model_validate({key: given[key] for key in given if key in checked.stated or not left[key]})

    def states(self, name: str) -> bool:
        """Return whether a parameter was stated, be it at its default."""
        return name in self.model_fields_set


def _plain_type(annotation: Any) -> Any:
    """Return a type without what pydantic checks of it."""
    inner = [_plain_type(part) for part in get_args(annotation)]
    origin = get_origin(annotation)
    if origin is Annotated:
        return inner[0]
    if origin in (Union, UnionType):
        return reduce(or_, inner)
    return origin[tuple(inner)] if origin in (list, dict) else annotation


def _readable(model: type[BaseModel]) -> None:
    """Let help() and a question mark in Jupyter show plain types, and what each field is."""
    fields = model.model_fields.items()
    described = (f"    {name}: {field.description}" for name, field in fields if field.description)
    model.__doc__ = "\n".join([f"{model.__doc__}", "", "Attributes:", *described])
    kind = inspect.Parameter.KEYWORD_ONLY
    listed = [
        inspect.Parameter(name, kind, annotation=_plain_type(field.annotation), default=field.default)
        for name, field in fields
    ]
    model.__signature__ = inspect.Signature(listed)


_readable(Parameters)


def modeled(model: type[M], values: Mapping[str, Any], place: Callable[[str], str]) -> M:
    """Return values as the model that they must fit; a refusal names the place of the first that does not."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        key, problem = _problem(error)
        raise InputError(f"{place(key)}: {problem}") from None


def _problem(error: ValidationError) -> tuple[str, str]:
    """Return the parameter that is refused first, and its place in it with the reason."""
    first = error.errors()[0]
    key, *path = first["loc"]
    where = str(key) + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    problem = {"missing": "missing", "extra_forbidden": "unknown key"}.get(first["type"])
    found = f"found {excerpt(first['input'])}; {first['msg'].removeprefix('Value error, ')}"
    return str(key), f"{where}: {problem or found}"
