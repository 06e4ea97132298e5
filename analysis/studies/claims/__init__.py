"""Published statements, what their printed figures stand for, and what becomes of them when recomputed."""
