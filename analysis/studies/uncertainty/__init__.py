"""How sure the cost of owning is: what is not certain, what that makes of a result, and what a report shows of it."""
