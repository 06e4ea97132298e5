"""A row of a ledger: what must be written of a published statement, and what may be."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from analysis.library.loading.fields import AsNumber, Day, large_enough, no_formula, visible
from analysis.library.loading.schemas import PRECISIONS, SPECULATIVE_DECODING
from analysis.studies.claims.rounding import BOUNDS

Visible, NoFormula = AfterValidator(visible), AfterValidator(no_formula)
Line = Annotated[str, Field(max_length=500), Visible, NoFormula]
Words = Annotated[str, Field(min_length=1, max_length=500), Visible, NoFormula]
Tokens = Annotated[int, Field(ge=1, le=10_000_000), AsNumber]
Amount = Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False), AfterValidator(large_enough), AsNumber]
Stack = Literal["", *PRECISIONS]  # type: ignore[valid-type]
Decoding = Literal["", *SPECULATIVE_DECODING]  # type: ignore[valid-type]
_ROLES = ("subject", "baseline")


class Entry(BaseModel):
    """A row of a ledger, in the words of its writer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,63}$")]
    statement: Words
    quantity: Words
    subject: Words
    printed: Annotated[str, Field(min_length=1, max_length=60), Visible]
    source: Words
    baseline: Line = ""
    model: Line = ""
    bound: Literal[*BOUNDS] = "equal"  # type: ignore[valid-type]
    group: Literal["table", "prose"] = "table"
    not_stated: Line = ""
    date: Day | None = None
    input_tokens: Tokens | None = None
    output_tokens: Tokens | None = None
    interactivity: Amount | None = None
    tokens: Literal["", "output", "total"] = ""
    gpus: Tokens = 1
    subject_precision: Stack = ""
    baseline_precision: Stack = ""
    subject_speculative_decoding: Decoding = ""
    baseline_speculative_decoding: Decoding = ""
    subject_framework: Line = ""
    baseline_framework: Line = ""
    subject_price: Amount | None = None
    baseline_price: Amount | None = None
    subject_power: Amount | None = None
    baseline_power: Amount | None = None
    subject_name: Line = ""
    baseline_name: Line = ""
    baseline_date: Day | None = None
    measurement: Line = ""
    claimant: Line = ""
    hinges_on: Line = ""
    read: Literal["", "file", "image", "excerpt", "second-hand"] = ""

    def turned(self) -> "Entry":
        """Return the entry with its two platforms in each other's place, and all that is said of them."""
        changed: dict[str, Any] = {}
        for name in type(self).model_fields:
            role, mark, of = name.partition("_")
            if role in _ROLES and name != "baseline_date":
                other = _ROLES[1 - _ROLES.index(role)]
                changed[name] = getattr(self, f"{other}{mark}{of}")
        return self.model_copy(update=changed)
