"""How far two shares of right answers differ, and whether they can be called equivalent."""

from dataclasses import dataclass
from enum import StrEnum

from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, tost_proportions_2indep

from analysis.errors import InputError


@dataclass(frozen=True)
class Answers:
    """Questions asked, and how many of them were answered rightly.

    Raises:
        InputError: No question was asked, or more were answered than asked.
    """

    correct: int
    questions: int

    def __post_init__(self) -> None:
        """Check the counts."""
        if not 0 <= self.correct <= self.questions or self.questions == 0:
            raise InputError(f"found {self.correct} of {self.questions} questions; allowed is 0 to all of at least 1")


class Finding(StrEnum):
    """What is concluded from two sets of answers about the difference of their shares."""

    EQUIVALENT = "equivalent"
    LOWER = "lower"
    HIGHER = "higher"
    OPEN = "not decided"
    APART = "evaluations disagree"


MEANING = {
    Finding.EQUIVALENT: "a difference as large as the margin is rejected",
    Finding.LOWER: "equivalence is not shown, and the whole interval lies below zero",
    Finding.HIGHER: "equivalence is not shown, and the whole interval lies above zero",
    Finding.OPEN: "neither equivalence nor a difference is shown",
    Finding.APART: "evaluations of one of the stacks disagree, so that no share stands for it and no interval holds",
}


def wilson_interval(answers: Answers, confidence: float) -> tuple[float, float]:
    """Return the score interval of one share, dimensionless.

    Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the
    American Statistical Association 22 (1927), 209.
    """
    low, high = proportion_confint(answers.correct, answers.questions, alpha=1 - confidence, method="wilson")
    return float(low), float(high)


def newcombe_interval(answers: Answers, other: Answers, confidence: float) -> tuple[float, float]:
    """Return Newcombe's hybrid score interval of the first share less the other, dimensionless.

    Source: R. G. Newcombe, "Interval Estimation for the Difference Between Independent Proportions: Comparison of
    Eleven Methods", Statistics in Medicine 17 (1998), 873, method 10.
    """
    low, high = confint_proportions_2indep(
        answers.correct, answers.questions, other.correct, other.questions,
        method="newcomb", compare="diff", alpha=1 - confidence,
    )  # fmt: skip
    return float(low), float(high)


def equivalence_p_value(answers: Answers, other: Answers, margin: float) -> float:
    """Return the p-value of two one-sided tests of the hypothesis that the shares differ by the margin or more.

    Source: D. J. Schuirmann, "A Comparison of the Two One-Sided Tests Procedure and the Power Approach", Journal of
    Pharmacokinetics and Biopharmaceutics 15 (1987), 657; the variance is that of A. Agresti and B. Caffo, "Simple and
    Effective Confidence Intervals for Proportions", The American Statistician 54 (2000), 280.
    """
    tested = tost_proportions_2indep(
        answers.correct, answers.questions, other.correct, other.questions, -margin, margin,
        method="agresti-caffo", compare="diff",
    )  # fmt: skip
    return float(tested.pvalue)


def finding(interval: tuple[float, float], p_value: float, confidence: float) -> Finding:
    """Return what an interval and a test of equivalence say."""
    low, high = interval
    if p_value < 1 - confidence:
        return Finding.EQUIVALENT
    return Finding.LOWER if high < 0 else Finding.HIGHER if low > 0 else Finding.OPEN
