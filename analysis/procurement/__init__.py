"""From a buyer's load to fleets, offers, break-even quotes and what to ask a provider."""

from analysis.procurement.brief import Brief, procure
from analysis.procurement.variations import Variation, variations

__all__ = ["Brief", "Variation", "procure", "variations"]
