"""The ground everything stands on: clock, money, period, identity, hangul, errors.

Ten small files at the most, ever. Nothing here imports Django or any other floor of the house.
"""
