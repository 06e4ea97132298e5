"""The units in which the arguments of the formulas come, in seconds, watts, dollars and tokens."""

from fractions import Fraction

SECOND, WATT, USD, TOKEN, PETAFLOP = (Fraction(1),) * 5
HOUR = 60 * 60 * SECOND
DAY = 24 * HOUR
YEAR = 365 * DAY
MONTH = YEAR / 12
KILOWATT, MEGAWATT = 1000 * WATT, 1000 * 1000 * WATT
JOULE = WATT * SECOND
MILLION_TOKENS = 10**6 * TOKEN
PERCENTAGE_POINT = Fraction(1, 100)
