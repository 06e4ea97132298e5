"""Can all printed figures be true at once? `check(statements)` answers with a `Joint`.

Every quantity here is a product of powers of unrounded inputs (price, throughput, power, peak FLOPS), so in
logarithms every printed interval is a pair of linear constraints and the question is a linear program.
"""

from analysis.studies.claims.consistency.feasibility import Give, Joint, Statement, agree, check

__all__ = ["Give", "Joint", "Statement", "agree", "check"]
