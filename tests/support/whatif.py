"""The what-if page as tests use it: built once, and beside it what the analysis itself makes of a setting."""

import atexit
import random
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from analysis.comparison.contenders import LIMITS
from analysis.errors import InputError
from analysis.formulas.steps import run
from analysis.frontier import platform_curve
from analysis.frontier.constraints import Constraints
from analysis.frontier.measured import days
from analysis.frontier.tokens import KINDS
from analysis.library.sources import SNAPSHOT, TIERS, Library
from analysis.machinery.whatif import keep
from analysis.machinery.whatif.data import AVERAGE_LOAD
from analysis.machinery.whatif.results import comparison, other, serving
from analysis.machinery.whatif.rows import kind_key
from analysis.machinery.whatif.settings import ANY, MTP
from tests.support.once import once

KIND = {kind_key(kind): kind for kind in KINDS}
WORKLOADS = {"1k/1k": (1024, 1024), "1k/8k": (1024, 8192), "8k/1k": (8192, 1024)}
CURVE = ("workload", "tokens", "as_of", "precision", "mtp", *LIMITS)


@cache
def html():
    """Return the page, with every model."""
    return once("what-if.html", lambda: keep.made(SNAPSHOT)).decode()


@cache
def address():
    """Return the page's address on this machine's disk."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "what-if.html"
    file.write_text(html(), encoding="utf-8")
    return file.as_uri()


@dataclass
class Analysis:
    """What the analysis makes of settings; a curve that several settings share is drawn once."""

    library: Library
    curves: dict = field(default_factory=dict)
    constants: dict = field(default_factory=dict)

    @cached_property
    def priced(self):
        """Return the platforms whose price is known, by vintage and tier."""
        return {
            (vintage, tier): {key for key in self.library.platforms if self.library.known_price(key, tier, vintage)}
            for vintage in self.library.vintages
            for tier in TIERS
        }

    def settings(self, number, of_curves, seed=116):
        """Return random settings over a number of random conditions that decide which curves stand."""
        draw = random.Random(seed)
        shared = [self._conditions(draw) for _ in range(of_curves)]
        return [self._setting(draw, dict(shared[place % of_curves]), place) for place in range(number)]

    def evaluated(self, setting):
        """Return each platform's amounts, and how all but the first compare with it; nothing where not measured."""
        first, *others = (self._amounts(platform, setting) for platform in setting["platforms"])
        return [first, *(one | compared(one, first) if one and first else one for one in others)]

    def curve(self, platform, setting):
        """Return the curve that stands under a setting; None where nothing was measured."""
        asked = {name: setting.get(name) for name in CURVE}
        key = (platform, *asked.values())
        if key not in self.curves:
            self.curves[key] = self._drawn(platform, **asked)
        return self.curves[key]

    def _conditions(self, draw):
        every = [f"{day:%Y-%m-%d}" for day in sorted(days(self.library.benchmark).unique())]
        platforms = list(self.library.with_rows)
        return {
            "workload": draw.choice(list(WORKLOADS)),
            "tokens": draw.choice(list(KIND)),
            "as_of": draw.choice([*every, *4 * every[-6:], "2026-04-15"]),
            "precision": draw.choice([*3 * [ANY], "fp8", "fp4"]),
            "mtp": draw.choice([*3 * [ANY], *MTP]),
            "minimum_accuracy": draw.choice([*6 * [None], 0.93, 0.955]),
            "maximum_ttft_median": draw.choice([*6 * [None], 0.5, 2.0]),
            "maximum_ttft_p99": draw.choice([*6 * [None], 4.0, 10.0]),
            "minimum_interactivity_p99": draw.choice([*8 * [None], 20.0]),
            "platforms": draw.sample(platforms, draw.choice([2, 2, 3])),
        }

    def _setting(self, draw, setting, place):
        """Every tenth setting stands on a knot of a curve: measured rows, and the ends of their ranges."""
        curves = filter(None, (self.curve(platform, setting) for platform in setting["platforms"]))
        knots = [float(knot) for curve in curves for knot in curve.knots["interactivity"]] or [50.0]
        within = draw.uniform(min(knots) * 0.98, max(knots) * 0.7)
        priced = [terms for terms, platforms in self.priced.items() if {*setting["platforms"]} <= platforms]
        vintage, tier = draw.choice(priced)
        owns = [f"{what}_{key}" for key in setting["platforms"] for what in ("price", "power")]
        setting |= {
            "interactivity": within if place % 10 else draw.choice(knots),
            "vintage": vintage,
            "price_tier": tier,
            "utilization": draw.uniform(0.01, 1.0),
            "electricity_price": draw.uniform(0.0, 0.4),
            "pue": draw.uniform(1.0, 2.0),
            **{key: round(draw.uniform(0.2, 9.0), 4) for key in owns if draw.random() < 0.3},
        }
        return {key: value for key, value in setting.items() if value is not None}

    def _amounts(self, platform, setting):
        curve = self.curve(platform, setting)
        throughput = float(curve(setting["interactivity"])) if curve else float("nan")
        if throughput != throughput:
            return {}
        price, power = self._constants(platform, setting["price_tier"], setting["vintage"])
        given = {
            "throughput_per_gpu": throughput,
            "price_per_gpu_hour": setting.get(f"price_{platform}", price),
            "power_per_gpu": setting.get(f"power_{platform}", power),
            "pue": setting["pue"] if f"power_{platform}" in setting else 1.0,
            "average_load": AVERAGE_LOAD,
            "utilization": setting["utilization"],
            "electricity_price": setting["electricity_price"],
        }
        return run(serving(), given, plainly)

    def _constants(self, platform, tier, vintage):
        key = (platform, tier, vintage)
        if key not in self.constants:
            values = self.library.price(platform, tier, vintage), self.library.power(platform, vintage)
            self.constants[key] = [value.number for value in values]
        return self.constants[key]

    def _drawn(self, platform, *, workload, tokens, as_of, precision, mtp, **limits):
        input_tokens, output_tokens = WORKLOADS[workload]
        counted, gpus = KIND[tokens]
        try:
            return platform_curve(
                self.library.benchmark,
                platform,
                input_tokens=input_tokens,
                output_tokens=output_tokens,
                precision=None if precision == ANY else precision,
                speculative_decoding=MTP.get(mtp),
                as_of=as_of,
                constraints=Constraints(**limits),
                tokens=counted,
                gpus=gpus,
            )
        except InputError:
            return None


def compared(subject, baseline):
    """Return how a subject's amounts compare with a baseline's."""
    made = run(comparison(), subject | {other(name): amount for name, amount in baseline.items()}, plainly)
    return {step.name: made[step.name] for step in comparison()}


def plainly(formula, arguments):
    return formula(**arguments)
