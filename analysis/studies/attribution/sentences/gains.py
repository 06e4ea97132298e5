"""What low precision and speculative decoding gain, and whether accuracy holds."""

from collections.abc import Sequence

from analysis.comparison.proportions import Finding
from analysis.exhibits.statements import Shown, answer, listed, note, phrase, say, warn
from analysis.library.choices import choice
from analysis.library.quantities import plural
from analysis.library.values import Value, counted, some
from analysis.studies.attribution.accuracy import TABLE, Difference
from analysis.studies.attribution.gains import Gain, median, ranked, sure
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.study import Study


def precision(study: Study, point: Point, pairs: Sequence[Gain]) -> Shown:
    """Say what FP4 gains over FP8 at a point, over the pairs of stacks whose accuracy is not suspect."""
    values = ranked(_trusted(study, pairs), point.at.number)
    if not values:
        return answer(
            "At {lengths} and {at} tok/s/user no pair of stacks without suspect accuracy was measured in both "
            "precisions.",
            **point.where,
        )
    return say(
        "At {lengths} and {at} tok/s/user, FP4 delivers {least} to {most} as many tokens per GPU as FP8, {middle} in "
        f"the median of {{count}} {plural(len(values), 'pair')} of stacks that differ in nothing else and whose "
        "accuracy is not suspect. The measured rows alone show a gain in {sure} of them.",
        role="answer",
        finding=point is study.here,
        **point.where,
        least=values[0],
        most=values[-1],
        middle=median(values),
        count=counted(len(values), "pairs of stacks"),
        sure=sure(values),
    )


def precision_accuracy(differences: Sequence[Difference]) -> Shown:
    """Say in how many pairs of stacks FP4 is as accurate as FP8."""
    return _as_accurate("FP4 is shown to be equivalent to FP8", differences)


def suspect_stacks(study: Study) -> Shown | None:
    """Say which stacks answer far fewer questions rightly than most; nothing where none does."""
    if not study.suspects:
        return None
    names = {key: study.library.platform(key).name for key, _ in study.suspects}
    stacks = [
        phrase("{stack} ({accuracy})", stack=f"{names[hardware]} with {series}", accuracy=accuracy)
        for (hardware, series), accuracy in study.suspects.items()
    ]
    return warn(
        "Shown, not hidden: in at least one evaluation {stacks} answered fewer questions rightly than the median of "
        "all stacks, by more than {margin} percentage point and more than chance explains. A higher or lower "
        "accuracy that rests on one of them says that something is wrong there, not what a change does.",
        stacks=listed(stacks, "; "),
        margin=choice("equivalence_margin", TABLE),
    )


def evaluations(study: Study) -> Shown:
    """Say what the evaluations do not show, and from when they are."""
    return note(
        "Not shown: any task but GSM8K, answers longer than its, and another model. All evaluations were dated "
        "{first} or later, and the rows until {as_of}; which software image was evaluated is not in the data, so it "
        "need not be the one whose speed was measured.",
        first=f"{study.library.accuracy['first'].min():%Y-%m-%d}",
        as_of=study.conditions.as_of.isoformat(),
    )


def decoding(study: Study, point: Point, pairs: Sequence[Gain]) -> list[Shown]:
    """Say what MTP gains at a point, and for how many stacks it opens the point, where accuracy is not suspect."""
    at, trusted = point.at.number, _trusted(study, pairs)
    values = ranked(trusted, at)
    opened = [gain for gain in trusted if gain.reach[0].number < at <= gain.reach[1].number]
    sentences = []
    if values:
        sentences.append(
            say(
                "At {lengths} and {at} tok/s/user, stacks with MTP deliver {least} to {most} as many tokens per GPU "
                f"as the same stacks without, {{middle}} in the median of {{count}} {plural(len(values), 'pair')} "
                "whose accuracy is not suspect. The measured rows alone show a gain in {sure} of them.",
                role="answer",
                finding=point is study.here,
                **point.where,
                least=values[0],
                most=values[-1],
                middle=median(values),
                count=counted(len(values), "pairs with and without MTP"),
                sure=sure(values),
            )
        )
    if opened:
        sentences.append(
            answer(
                f"MTP opens {{at}} tok/s/user at {{lengths}} to {{opened}} {plural(len(opened), 'stack')} without "
                "suspect accuracy that would not reach it otherwise.",
                **point.where,
                opened=counted(len(opened), "pairs in which MTP opens the point"),
            )
        )
    nothing = answer("At {lengths} and {at} tok/s/user no pair tells what MTP gains.", **point.where)
    return sentences or [nothing]


def reach(point: Point, pairs: Sequence[Gain]) -> list[Shown]:
    """Say how far MTP moves the highest interactivity of the stacks compared."""
    return [
        answer(
            "On {platform} ({common}), MTP moves the highest interactivity measured from {before} to {after} "
            "tok/s/user.",
            platform=gain.platform.name,
            common=gain.common,
            before=gain.reach[0],
            after=gain.reach[1],
        )
        for gain in _compared(point, pairs)
    ]


def rivals(study: Study, point: Point, pairs: Sequence[Gain]) -> list[Shown]:
    """Say where a cheaper platform of the same kind is faster without MTP: the gain may measure the trying."""
    sentences = []
    for gain in _compared(point, pairs):
        alone = gain.levels(point.at.number)[0]
        rivals = gain.rivals(study.prices, point.at.number)
        fastest = max(rivals, key=lambda value: value.number, default=None)
        if alone and fastest and fastest.number > alone.number:
            sentences.append(
                note(
                    "Without MTP and otherwise alike ({common}), {platform} delivers {alone} tok/s/GPU here and "
                    "{rival}, a cheaper platform of the same kind, {fastest}. A curve knows only the configurations "
                    "that were tried, so that a gain may measure the trying as well.",
                    common=gain.common,
                    platform=gain.platform.name,
                    alone=alone,
                    rival=fastest.subject,
                    fastest=fastest,
                )
            )
    return sentences


def decoding_accuracy(differences: Sequence[Difference]) -> Shown:
    """Say in how many pairs of stacks MTP is as accurate."""
    return _as_accurate("MTP is shown to be equivalent to no MTP", differences)


def _as_accurate(shown: str, differences: Sequence[Difference]) -> Shown:
    """Say in how many pairs a change leaves the accuracy as it is, and of which questions that speaks."""
    if not differences:
        return say("No stack was evaluated on both sides of this change, so nothing is known of its accuracy.")
    of_any = sum(difference.of_any is Finding.EQUIVALENT for difference in differences)
    return answer(
        f"Were the same questions of GSM8K asked again, {shown} within {{margin}} percentage point in {{equivalent}} "
        "of {all} pairs of stacks. Accuracy is lower in {lower} and higher in {higher}; {open} are undecided, and in "
        "{apart} the evaluations of one stack disagree. For other questions of this kind equivalence is shown in "
        "{of_any}: each evaluation asks the same sample. No allowance is made for testing so many pairs at once.",
        margin=choice("equivalence_margin", TABLE),
        all=counted(len(differences), "pairs of stacks evaluated"),
        of_any=some(of_any, "pairs equivalent on any questions"),
        equivalent=_count(differences, Finding.EQUIVALENT),
        lower=_count(differences, Finding.LOWER),
        higher=_count(differences, Finding.HIGHER),
        open=_count(differences, Finding.OPEN),
        apart=_count(differences, Finding.APART),
    )


def _trusted(study: Study, pairs: Sequence[Gain]) -> list[Gain]:
    return [gain for gain in pairs if not gain.is_suspect(study.suspects)]


def _compared(point: Point, pairs: Sequence[Gain]) -> list[Gain]:
    """The pairs of which one is a best stack of the comparison."""
    return [gain for gain in pairs if gain.after in point.ends or gain.before in point.ends]


def _count(differences: Sequence[Difference], finding: Finding) -> Value | str:
    return some(sum(difference.finding is finding for difference in differences), f"pairs {finding}")
