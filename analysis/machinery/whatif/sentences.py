"""What the page says in words: templates whose places it fills with computed amounts."""

TOKENS = {
    "total": "input and output tokens",
    "output": "output tokens",
    "output-decode": "output tokens (over decode GPUs alone)",
    "input-prefill": "input tokens (over prefill GPUs alone)",
}
"""What is bought, by the kind of throughput."""

_WHERE = "At {interactivity} tok/s/user on {workload}"
_BOTH = f"{_WHERE}, a million {{tokens}} cost {{cost}} on {{subject}} and {{other_cost}} on {{baseline}}"
_EVEN = "Both would cost the same if a GPU-hour of {subject} cost {break_even}; it costs {price}."
_MEDIANS = "The rows of {model} are medians over runs"
_ALSO = "On {subject} they cost {cost}"
_ALSO_EVEN = "the same as on {baseline} if a GPU-hour cost {break_even} instead of {price}."

SENTENCES = {
    "lower": f"{_BOTH}: {{ratio}} lower. {_EVEN}",
    "higher": f"{_BOTH}: {{ratio}} higher. {_EVEN}",
    "same": f"{_WHERE}, a million {{tokens}} cost the same on {{subject}} and {{baseline}}: {{cost}}.",
    "also lower": f"{_ALSO}, {{ratio}} lower; {_ALSO_EVEN}",
    "also higher": f"{_ALSO}, {{ratio}} higher; {_ALSO_EVEN}",
    "also same": f"{_ALSO}, the same as on {{baseline}}.",
    "open": f"{_BOTH}; the measured rows around this point do not tell the two apart.",
    "also open": f"{_ALSO}; the measured rows do not tell it apart from {{baseline}}.",
    "alone": f"{_WHERE}, a million {{tokens}} cost {{cost}} on {{subject}}.",
    "outside": f"{_WHERE}, {{subject}} was not measured under these conditions: its rows cover {{ranges}}.",
    "unpriced": "{subject} has {absent} ({tier}, {vintage}); type one of your own to see what its tokens cost.",
    "beyond": "{subject} has no value at {workload}: its rows answer for {region}.",
    "medians": f"{_MEDIANS}, without time to first token or percentiles: no limit on those can be answered.",
    "undated": f"{_MEDIANS} until {{until}}, without a day of their own: no earlier cut-off can be answered.",
    "never": "On {workload}, {subject} has no measured row under these conditions.",
}
"""The answer for each platform: compared with the baseline, at length and then in short, or why it cannot be."""

CAPTIONS = ("{title}: each platform over {{baseline}}.", "{title}: {{baseline}} over each platform.")
"""What the chart of ratios shows: of an amount of which more is ahead, and of one of which less is."""

LIMITS = {
    "minimum_accuracy": "accuracy at least",
    "minimum_interactivity_p99": "tok/s/user of all but a hundredth at least",
    "maximum_ttft_median": "median seconds to first token at most",
    "maximum_ttft_p99": "seconds to first token of all but a hundredth at most",
}
"""Each limit of a setting in words, before its amount."""
