"""The parameters of the analysis and the words on a report's front page, checked before any work."""

import datetime
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce
from operator import or_
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic._internal._model_construction import ModelMetaclass

from analysis.errors import InputError, nearest
from analysis.library.loading import cells, file, plain_yaml
from analysis.library.loading.fields import Day, Line, large_enough, no_formula, visible
from analysis.library.loading.outside import excerpt
from analysis.library.places import DATA
from analysis.library.served import snapshot_asked, unanswered

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
HOURS = 24
WHOLE = 1e-6
"""How near to 1 shares must add up."""
WORDS = re.compile(r"""[^\W\d][^\n]*[:#][^\n]*""")
"""A value of `-p` that can be nothing but words, though YAML would end them at a sign."""
M = TypeVar("M", bound=BaseModel)
Rate = Literal["fp4_dense", "fp4_sparse", "fp8_dense", "fp8_sparse", "bf16_dense"]
LargeEnough = AfterValidator(large_enough)
PositiveAmount = Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False), LargeEnough]
Share = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), LargeEnough]
TokenCount = Annotated[int, Field(ge=1, le=10_000_000)]
LargeAmount = Annotated[float, Field(gt=0, le=1e18, allow_inf_nan=False), LargeEnough]
Growth = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
MonthlyGrowth = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]  # in twenty years still a number
ACCENT = "#0b5c7a"
LogoFile = Annotated[str, Field(pattern=r"^$|^[A-Za-z0-9_-][A-Za-z0-9_. -]*\.(svg|png)$", max_length=100)]
Plain = AfterValidator(lambda text: no_formula(visible(text)))
Name = Annotated[str, Field(max_length=60, pattern=r"[^\W\d_]"), Plain]


@cache
def _known(table: str, column: str) -> tuple[str, ...]:
    path = DATA / f"{table}.csv"
    head, *rows = cells.split(file.content_of(path), str(path))
    if column not in head:
        raise InputError(f"{path}, line 1: missing column {column}")
    return tuple(dict.fromkeys(row[head.index(column)] for row in rows))


def _snapshots() -> list[str]:
    return [path.stem for path in file.files(DATA / "benchmarks", "*.csv")]


def _one_of(allowed: Callable[[], Iterable[str]]) -> AfterValidator:
    def check(word: str) -> str:
        if word not in allowed():
            raise ValueError(nearest(word, allowed()))
        return word

    return AfterValidator(check)


PlatformKey = Annotated[str, _one_of(lambda: _known("platforms", "platform"))]
Vintage = Annotated[str, _one_of(lambda: _known("assumptions", "vintage"))]
SnapshotName = Annotated[str, _one_of(_snapshots)]
TokenProvider = Annotated[str, _one_of(lambda: _known("token_prices", "provider"))]
TokenModel = Annotated[str, _one_of(lambda: _known("token_prices", "model"))]


def _platform_meant(word: Any) -> Any:
    """Return the key of the platform that a word means, whatever its signs and case: TPU-v7 is tpuv7."""
    keys = {_letters(key): key for key in _known("platforms", "platform")}
    return keys.get(_letters(word), word) if isinstance(word, str) else word


def _letters(word: str) -> str:
    return "".join(sign for sign in word.casefold() if sign.isalnum())


class Tier(BaseModel):
    """A price that holds from so many GPUs on."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    gpus: TokenCount = Field(description="GPUs from which it holds")
    price: PositiveAmount = Field(description="of a GPU-hour, as the quote's")


class Quote(BaseModel):
    """A price that a provider has offered to the buyer of the procurement brief."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    provider: Name = Field(description="who offers it")
    platform: Annotated[PlatformKey, BeforeValidator(_platform_meant)] = Field(
        description="what is offered, a key of data/platforms.csv"
    )
    terms: Name = Field("as quoted", description="such as on-demand, reserved or spot")
    price: PositiveAmount = Field(description="of a GPU-hour, in the quote's currency")
    date: Day | None = Field(None, description="day of the quote")
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = Field("USD", description="of its prices, three letters")
    tax: float = Field(0.0, ge=0, le=1, description="rate of the tax that its prices include; it is taken off")
    discounts: list[Tier] = Field([], description="lower prices from so many GPUs on", max_length=20)
    term_months: TokenCount | None = Field(None, description="months for which it binds")
    minimum_gpus: TokenCount | None = Field(None, description="GPUs that are paid at least")
    ramp: Line = Field("", description="when how many GPUs come, in words")
    start: Day | None = Field(None, description="first day of service")
    expiry: Day | None = Field(None, description="last day on which it can be signed")
    setup: PositiveAmount | None = Field(None, description="paid once, in the quote's currency")
    egress: PositiveAmount | None = Field(None, description="of a month's data transfer, in the quote's currency")
    note: Line = Field("", description="what else it says")


class Workload(BaseModel):
    """One kind of requests in a mix."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    share: Share = Field(description="of these among all requests")
    input_tokens: TokenCount = Field(description="tokens of a prompt")
    output_tokens: TokenCount = Field(description="tokens of an answer")
    cache_hit_rate: float = Field(0.0, ge=0, le=1, description="share of a prompt's tokens that a cache holds")


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

    @classmethod
    def gathered(cls, names: Mapping[str, Any]) -> "Parameters":
        """Return the parameters among a notebook's names, checked; those that it does not name keep their defaults.

        Args:
            names: What the notebook's parameter cell assigned, such as its `globals()`; days as ISO text.

        Raises:
            InputError: A value is not allowed.
        """
        return _model(cls, {key: names[key] for key in cls.model_fields if key in names}, lambda key: "parameter")


class Presentation(BaseModel):
    """The words on a report's front page; all of it is text and shown as text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Line = Field("", description="title, in place of the notebook's own")
    subtitle: Line = Field("", description="line below the title")
    organization: Line = Field("", description="who publishes the report")
    authors: list[Line] = Field([], description="names of the authors", max_length=20)
    date: Day | None = Field(None, description="date on the front page, not before that of a figure")
    audience: Line = Field("", description="for whom the report is written")
    confidentiality: Line = Field("", description="line in the running head, such as a classification")
    accent: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")] = Field(
        ACCENT, description="color of rules and links"
    )
    paper: Literal["a4", "letter"] = Field("a4", description="size of the pages of PDF and workbook")
    missing_signs: Literal["latin", "box"] = Field(
        "latin", description="what a PDF shows in place of signs that no font here has: Latin letters or boxes"
    )
    logo: LogoFile = Field("", description="SVG or PNG file beside the scenario's file")


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


class Scenario(Parameters, Presentation):
    """A named set of parameters and a presentation, and the folder that its file lies in."""

    name: Annotated[str, Field(pattern=f"^{NAME.pattern}$")]
    folder: Path
    description: Line = Field("", description="what the scenario is for, in a line")
    model: Line = Field("", description="model that is served, as data/models.csv names it; none: the snapshot's")

    def parameters(self) -> dict[str, Any]:
        """Return the parameters as plain values: days as ISO text, quotes as mappings, the rest as it is."""
        return self.model_dump(mode="json", include=set(Parameters.model_fields))


def scenario_names(folder: Path = DATA / "scenarios") -> list[str]:
    """Return the names of the scenarios in a folder."""
    return [path.stem for path in file.files(folder, "*.yaml")]


def read_scenario(name: str, overrides: Iterable[str] = (), folder: Path = DATA / "scenarios") -> Scenario:
    """Return a scenario, with parameters overridden.

    Args:
        name: Name of a file `NAME.yaml` in the folder, or the path of a YAML file.
        overrides: `parameter=value` each, the value written as in YAML.
        folder: Where the named scenarios are.

    Raises:
        InputError: No such scenario, or a name or a value that is not allowed; the message names the place.
    """
    path = scenario_file(name, folder)
    values = plain_yaml.read(path)
    changed = changes(overrides)
    return validated(path.stem, path.parent, {**values, **changed}, lambda key: "-p" if key in changed else str(path))


def scenario_file(name: str, folder: Path = DATA / "scenarios") -> Path:
    """Return the file of a scenario.

    Args:
        name: Name of a file `NAME.yaml` in the folder, or the path of a YAML file.
        folder: Where the named scenarios are.

    Raises:
        InputError: No such scenario.
    """
    path = Path(name) if name.endswith((".yaml", ".yml")) else folder / f"{name}.yaml"
    if not file.is_file(path):
        raise InputError(f"no scenario {excerpt(name)}; {nearest(name, scenario_names(folder))}")
    return path


def changes(overrides: Iterable[str]) -> dict[str, Any]:
    """Return parameters by name from `parameter=value` each, the value written as in YAML.

    Raises:
        InputError: One is not of this form.
    """
    return dict(_override(text) for text in overrides)


def _override(text: str) -> tuple[str, Any]:
    key, equals, value = text.partition("=")
    place = f"-p {excerpt(text)}"
    if not equals:
        raise InputError(f"{place}: found no '=', allowed is name=value")
    try:
        values = plain_yaml.parse(f"value: {value}".encode(errors="surrogateescape"), place)
    except InputError:
        if not WORDS.fullmatch(value):
            raise
        return key, value
    if values.keys() != {"value"}:
        raise InputError(f"{place}: found {len(values)} values, allowed is one")
    parsed = values["value"]
    if "#" in value and not isinstance(parsed, str | list | dict):
        raise InputError(f"{place}: found more than a value before '#'; allowed is one value")
    # What YAML takes for a sign of its own ends no text here: '|' and '>' are words like any other.
    return key, value.strip() if isinstance(parsed, str) and value.lstrip()[:1] not in ("'", '"') else parsed


def validated(name: str, folder: Path, values: Mapping[str, Any], place: Callable[[str], str]) -> Scenario:
    """Return a scenario from its values.

    Args:
        name: Of the scenario.
        folder: That its file lies in.
        values: Parameters and words of the front page, by name.
        place: How messages name the place of a value.

    Raises:
        InputError: A name or a value is not allowed.
    """
    allowed = [field for field in Scenario.model_fields if field not in ("name", "folder")]
    for key in values:
        if key not in allowed:
            raise InputError(f"{place(key)}: unknown parameter {excerpt(key)}; {nearest(str(key), allowed)}")
    scenario = _model(Scenario, {**snapshot_asked(values, place), "name": name, "folder": folder}, place)
    if reason := contradiction(scenario) or unanswered(scenario.snapshot, scenario.model_dump(), DATA):
        raise InputError(f"{place(reason.partition(':')[0])}: {reason}")
    return scenario


def every_key() -> list[tuple[str, str, str]]:
    """Return every key of a scenario's file: its name, its default as YAML has it, and its meaning with its unit."""
    fields = {name: field for name, field in Scenario.model_fields.items() if name not in ("name", "folder")}
    return [(name, _as_yaml(field.default), field.description or "") for name, field in fields.items()]


def _as_yaml(default: Any) -> str:
    if default is None or isinstance(default, str):
        return f'"{default}"' if default is not None else "null"
    return str(default)


def contradiction(asked: Parameters) -> str:
    """Return why the load or its mix is stated incompletely or twice, a parameter first; empty where it is not."""
    both = {name: getattr(asked, name) for name in ("input_tokens_per_day", "output_tokens_per_day")}
    missing = [name for name, amount in both.items() if amount is None]
    if len(missing) == 1:
        return f"{missing[0]}: missing; input and output tokens per day are stated together"
    if not missing and asked.concurrent_users is not None:
        return "concurrent_users: the load is stated in tokens per day already; allowed is one"
    if asked.hourly_load and (len(asked.hourly_load) != HOURS or not any(asked.hourly_load)):
        return f"hourly_load: found {len(asked.hourly_load)} numbers, allowed are {HOURS}, not all of them nil"
    if asked.hourly_load and asked.day_shape:
        return "day_shape: the hours of the day are stated already; allowed is one"
    if asked.batch_share and not (asked.day_shape or asked.hourly_load):
        return "batch_share: counts only with day_shape or hourly_load, which are missing"
    for currency in (quote.currency for quote in asked.quotes):
        if currency != "USD" and currency not in asked.exchange_rates:
            return f"exchange_rates: found no rate of {currency}, in which a quote is made; state its USD for a unit"
    if asked.outlook_weights and abs(sum(asked.outlook_weights.values()) - 1) > WHOLE:
        return f"outlook_weights: found {sum(asked.outlook_weights.values()):g} in all, allowed is 1"
    if asked.workloads and abs((total := sum(one.share for one in asked.workloads)) - 1) > WHOLE:
        return f"workloads: found shares that add up to {total:g}, allowed is 1"
    return ""


def _model(model: type[M], values: Mapping[str, Any], place: Callable[[str], str]) -> M:
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
