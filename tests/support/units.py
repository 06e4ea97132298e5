"""The units of the project, as a units library knows them; it takes long to read its own, so all tests share them."""

import pint

units = pint.UnitRegistry()
for definition in (
    "token = [token] = tok", "GPU = [gpu]", "USD = [currency] = dollar", "cent = USD / 100", "user = [user]",
    "FLOP = [operation]", "calendar_year = 365 * day",
):  # fmt: skip
    units.define(definition)
