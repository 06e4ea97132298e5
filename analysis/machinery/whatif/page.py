"""Writes the page: one HTML file that needs neither a network nor a server."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.exhibits.marks import LETTERS
from analysis.formulas import ratio
from analysis.formulas.steps import substituted
from analysis.library.loading.origins import Origin
from analysis.library.quantities import DISCLAIMER, quantity
from analysis.library.sources import Library
from analysis.library.values import Source
from analysis.machinery.press.style import style
from analysis.machinery.press.templates import render
from analysis.machinery.whatif import javascript
from analysis.machinery.whatif.data import data
from analysis.machinery.whatif.published import Published
from analysis.machinery.whatif.results import OTHER, chains, comparison, every_step, title
from analysis.machinery.whatif.settings import electricity_price, options
from analysis.scenario import ACCENT, Parameters
from analysis.studies.claims.ledgers import ledger

TITLE = "Change it and see: the cost per token"
SUBTITLE = "The published comparison under conditions that you choose. Every figure follows as you move."
PARTS = """setting numbers curve rows tariff evaluate fleet words sentences cells tables charts controls view
page""".split()
TEMPLATES = Path(__file__).parent / "templates"
NOTICE = """/*!
Vega, Vega-Lite, Vega-Embed: Copyright University of Washington Interactive Data Lab and contributors, BSD-3-Clause
license (https://github.com/vega/vega/blob/main/LICENSE). D3 modules: Copyright Mike Bostock, ISC license
(https://github.com/d3/d3/blob/main/LICENSE).
*/"""


def page(
    library: Library, conditions: Parameters, vega: str, made_from: str = "", *, others: Sequence[Library] = ()
) -> str:
    """Return the page as HTML, with the script that draws its charts in it."""
    scripts = [_script(), f"{NOTICE}\n(() => {{ {vega} }})();"]
    known = data([library, *others], conditions)
    return render(
        "page.html",
        "analysis.machinery.whatif",
        title=TITLE,
        subtitle=SUBTITLE,
        made_from=made_from,
        style=style(ACCENT) + Markup((TEMPLATES / "what-if.css").read_text(encoding="utf-8")),  # noqa: S704
        hashes=" ".join(map(_hash, scripts)),
        script=Markup(scripts[0]),  # noqa: S704 - ours, as are the data, whose < are escaped
        bundle=Markup(scripts[1]),  # noqa: S704
        data=Markup(_json(known)),  # noqa: S704
        published=Published(library, conditions),
        platforms=list(known["platforms"].items()),
        colors=known["colors"],
        percent=[key for key, field in known["fields"].items() if field.get("percent")],
        own=[("price", quantity("price_per_gpu_hour").unit), ("power", quantity("power_per_gpu").unit)],
        options=options(known),
        formulas=_formulas(),
        marks=[{"word": word, **asdict(caution)} for word, caution in LETTERS.items()],
        sources=_sources([library, *others]),
        attribution=list(dict.fromkeys(one.attribution for one in _origins([library, *others]) if one.attribution)),
        disclaimer=DISCLAIMER,
    )


def _script() -> str:
    """The page's own script: the generated arithmetic, then what shows it."""
    arithmetic = [
        javascript.formulas((*every_step(), *comparison())),
        *(javascript.chain(name, steps) for name, steps in chains().items()),
        javascript.chain("comparison", comparison(), OTHER),
    ]
    parts = [(TEMPLATES / f"{name}.js").read_text(encoding="utf-8") for name in PARTS]
    opening = '(() => {\n"use strict";\nconst data = JSON.parse(document.getElementById("data").textContent);'
    return "\n".join([opening, *arithmetic, *parts, "})();"])


def _json(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _formulas() -> list[str]:
    """What each step computes, in words; of the ratios it goes without saying."""
    return list(
        dict.fromkeys(
            f"{title(step)} = "
            f"{substituted(step.formula, {name: quantity(of).name for name, of in step.sources.items()})}"
            for step in (*every_step(), *comparison())
            if step.formula is not ratio
        )
    )


def _origins(libraries: Sequence[Library]) -> list[Origin]:
    return [origin for library in libraries for origin in library.origins]


def _sources(libraries: Sequence[Library]) -> list[Source]:
    """The sources of measurements, prices, power, electricity, accuracy and published figures, each once."""
    library = libraries[0]
    origins = [Source(one.id, one.title, one.publisher, one.url, f"{one.retrieved}") for one in _origins(libraries)]
    names = ("assumptions", "evaluations", "token_prices")
    tables = pd.concat([library.tables[name]["source"] for name in names]).unique()
    values = [electricity_price(library), *(claim.value for claim in ledger(library))]
    return list(
        dict.fromkeys(
            [*origins, *(library.sources[one] for one in tables), *(one for value in values for one in value.sources)]
        )
    )
