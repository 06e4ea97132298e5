"""The sentences of the investor brief."""

from analysis.studies.business.sentences.answer import confidence, earned_and_paid, earning, margin, question
from analysis.studies.business.sentences.claim import claimed_ratio, considerations
from analysis.studies.business.sentences.evidence import (
    at_the_stated_investment,
    doubted_rows,
    mean_price,
    needed_for_the_stated_return,
    software,
    speed_of_the_seller,
    stated_return,
    unserved,
    without_capital,
)
from analysis.studies.business.sentences.outlooks import beliefs, payback, worth
