"""What a procurement brief says in sentences: answer, basis, what ends or changes it, what to ask and measure."""

from analysis.studies.procurement.sentences.answer import answer, question
from analysis.studies.procurement.sentences.basis import basis, cautions, modeled, other_mix
from analysis.studies.procurement.sentences.requests import changes, checks, ends, no_quotes, questions
from analysis.studies.procurement.sentences.service import cost_of_limits, off_peak, tails
from analysis.studies.procurement.sentences.ways import defaults
