"""What a procurement brief says in sentences: answer, basis, what ends or changes it, what to ask and measure."""

from analysis.studies.procurement.sentences.answer import answer, question
from analysis.studies.procurement.sentences.basis import basis, cautions
from analysis.studies.procurement.sentences.horizon import over_the_horizon
from analysis.studies.procurement.sentences.lengths import modeled, other_mix
from analysis.studies.procurement.sentences.outlook import changes, ends, no_quotes
from analysis.studies.procurement.sentences.requests import checks, questions

__all__ = [
    "answer",
    "basis",
    "cautions",
    "changes",
    "checks",
    "ends",
    "modeled",
    "no_quotes",
    "other_mix",
    "over_the_horizon",
    "question",
    "questions",
]
