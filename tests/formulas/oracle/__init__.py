"""Every formula of `analysis.formulas` once more, from its definition in words and units, in exact fractions.

Nothing here reads the package. A definition has the name of its formula and the same arguments; each amount is first
turned into seconds, watts, dollars and tokens by the units below, and the result is turned back into its own unit.
Sums over turns, months and years are added up one by one, and what an equation solves for is solved for.
"""
