"""The types of what a scenario may ask: amounts in their limits, words that the data know, quotes and workloads."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from analysis.errors import InputError, nearest
from analysis.library.loading import cells, file
from analysis.library.loading.fields import Day, Line, large_enough, no_formula, visible
from analysis.library.places import DATA

Rate = Literal["fp4_dense", "fp4_sparse", "fp8_dense", "fp8_sparse", "bf16_dense"]
LargeEnough = AfterValidator(large_enough)
PositiveAmount = Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False), LargeEnough]
Share = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), LargeEnough]
TokenCount = Annotated[int, Field(ge=1, le=10_000_000)]
LargeAmount = Annotated[float, Field(gt=0, le=1e18, allow_inf_nan=False), LargeEnough]
Growth = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
MonthlyGrowth = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]  # in twenty years still a number
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
