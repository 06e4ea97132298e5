"""Figures from files and addresses, checked cell by cell before anything is computed from them."""
