"""From a buyer's load to fleets, offers, break-even quotes and what to ask a provider."""

from analysis.studies.procurement.brief import Brief, procure
from analysis.studies.procurement.variations import Variation, variations

__all__ = ["Brief", "Variation", "procure", "variations"]
