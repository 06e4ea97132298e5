"""From a buyer's load to fleets, offers, break-even quotes and what to ask a provider."""
