"""The figures of a procurement brief: what each platform costs for a load, and how long its fleet lasts."""

from analysis.studies.procurement.charts.cost import cost_by_platform
from analysis.studies.procurement.charts.months import ramp, runway
from analysis.studies.procurement.charts.service import service
