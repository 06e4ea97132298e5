"""Mutation testing of `analysis/`: does a test fail when a line of it is wrong?"""
