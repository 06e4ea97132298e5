"""What a ratio of two serving stacks is made of: factors that multiply to it, and what each change gains and costs.

`study` holds what is compared. What the notebook shows stands in `tables`, `sentences` and `charts`, a module for
each kind of question; the methods behind it stand beside them.
"""
