"""Writes the page: one HTML file that needs neither a network nor a server."""

import base64
import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis.exhibits.marks import LETTERS
from analysis.formulas import ratio
from analysis.formulas.text import substituted
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.terms import DISCLAIMER
from analysis.library.values import Source
from analysis.machinery.press.style import style
from analysis.machinery.whatif import javascript
from analysis.machinery.whatif.data import data
from analysis.machinery.whatif.published import Published
from analysis.machinery.whatif.results import OTHER, comparison, serving, title
from analysis.machinery.whatif.settings import electricity_price, options
from analysis.scenario import ACCENT, Parameters
from analysis.studies.claims.ledgers import ledger

TITLE = "Change it and see: the cost per token"
SUBTITLE = "The published comparison under conditions that you choose. Every figure follows as you move."
PARTS = ("curve", "tariff", "numbers", "setting", "evaluate", "words", "tables", "charts", "controls", "view", "page")
TEMPLATES = Path(__file__).parent / "templates"
NOTICE = """/*!
Vega, Vega-Lite, Vega-Embed: Copyright University of Washington Interactive Data Lab and contributors, BSD-3-Clause
license (https://github.com/vega/vega/blob/main/LICENSE). D3 modules: Copyright Mike Bostock, ISC license
(https://github.com/d3/d3/blob/main/LICENSE).
*/"""


def page(library: Library, conditions: Parameters, made_from: str = "") -> str:
    """Return the page as HTML.

    Args:
        library: The figures.
        conditions: Of the scenario that it opens with.
        made_from: What tells this page from one made of other code or data.
    """
    known = data(library, conditions)
    scripts = [_script(), f"{NOTICE}\n(() => {{ {_vega()} }})();"]
    environment = Environment(
        loader=PackageLoader("analysis.machinery.whatif"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2").render(
        title=f"{TITLE}, {library.model}",
        subtitle=f"{library.model}. {SUBTITLE}",
        made_from=made_from,
        style=style(ACCENT) + Markup((TEMPLATES / "what-if.css").read_text(encoding="utf-8")),  # noqa: S704
        hashes=" ".join(map(_hash, scripts)),
        script=Markup(scripts[0]),  # noqa: S704 - ours, as are the data, whose < are escaped
        bundle=Markup(scripts[1]),  # noqa: S704
        data=Markup(_json(known)),  # noqa: S704
        published=Published(library, conditions),
        platforms=list(known["platforms"].items()),
        colors=known["colors"],
        own=[("price", quantity("price_per_gpu_hour").unit), ("power", quantity("power_per_gpu").unit)],
        options=options(known),
        formulas=_formulas(),
        marks=[{"word": word, **asdict(caution)} for word, caution in LETTERS.items()],
        sources=_sources(library),
        attribution=list(dict.fromkeys(one.attribution for one in library.origins if one.attribution)),
        disclaimer=DISCLAIMER,
    )


def _script() -> str:
    """The page's own script: the generated arithmetic, then what shows it."""
    arithmetic = [
        javascript.formulas((*serving(), *comparison())),
        javascript.chain("serving", serving()),
        javascript.chain("comparison", comparison(), OTHER),
    ]
    parts = [(TEMPLATES / f"{name}.js").read_text(encoding="utf-8") for name in PARTS]
    opening = '(() => {\n"use strict";\nconst data = JSON.parse(document.getElementById("data").textContent);'
    return "\n".join([opening, *arithmetic, *parts, "})();"])


@cache
def _vega() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that leaves `vegaEmbed` behind."""
    import vl_convert

    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")


def _json(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _formulas() -> list[str]:
    """What each step computes, in words; of the ratios it goes without saying."""
    return [
        f"{title(step)} = {substituted(step.formula, {name: quantity(of).name for name, of in step.sources.items()})}"
        for step in (*serving(), *comparison())
        if step.formula is not ratio
    ]


def _sources(library: Library) -> list[Source]:
    """The sources of measurements, prices, power, electricity, accuracy and published figures, each once."""
    origins = [Source(one.id, one.title, one.publisher, one.url, f"{one.retrieved}") for one in library.origins]
    tables = pd.concat([library.tables[name]["source"] for name in ("assumptions", "evaluations")]).unique()
    values = [electricity_price(library), *(claim.value for claim in ledger(library))]
    return list(
        dict.fromkeys(
            [*origins, *(library.sources[one] for one in tables), *(one for value in values for one in value.sources)]
        )
    )
