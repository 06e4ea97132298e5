"""Where a statement says that it holds: workload, interactivity, precision, decoding, and which tokens it counts."""

from dataclasses import dataclass

from analysis.frontier.tokens import Tokens


@dataclass(frozen=True)
class Point:
    """Where a statement says that it holds; what it does not say is None or empty."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    interactivity: float | None = None  # tok/s/user
    subject_precision: str = ""
    baseline_precision: str = ""
    subject_speculative_decoding: str = ""  # "mtp" or "none" on the subject
    baseline_speculative_decoding: str = ""  # "mtp" or "none" on the baseline
    subject_framework: str = ""
    baseline_framework: str = ""
    tokens: str = ""  # which tokens it counts: "output", "total", or empty where it does not say
    measurement: str = ""  # another benchmark than ours that the statement is about
    # Whether rows of doubtful accuracy answer, too; no statement says so, a reading may.
    lets_suspect_rows_in: bool = False

    @property
    def is_stated(self) -> bool:
        """Whether it names anything of the point, so that no other point answers."""
        named = (self.input_tokens, self.output_tokens, self.interactivity, *self._stacks)
        return any(part not in (None, "") for part in named) or self.counted != "total"

    @property
    def counted(self) -> Tokens:
        """Which tokens are counted; as in the published convention where it does not say."""
        return "output" if self.tokens == "output" else "total"

    @property
    def _stacks(self) -> tuple[str, ...]:
        return (
            *(self.subject_precision, self.baseline_precision),
            *(self.subject_speculative_decoding, self.baseline_speculative_decoding),
            *(self.subject_framework, self.baseline_framework),
        )

    def of(self, role: str) -> str:
        """Return a name for the operating point of the "subject" or the "baseline", empty where none is stated."""
        lengths = (self.input_tokens, self.output_tokens) if self.input_tokens else ()
        stack = [getattr(self, f"{role}_{part}") for part in ("framework", "precision", "speculative_decoding")]
        kind = f"{self.tokens} tokens" if self.counted != "total" else ""
        parts = (self.measurement, *lengths, self.interactivity, *stack, kind)
        return " ".join(str(part) for part in parts if part)
