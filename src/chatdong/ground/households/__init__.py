"""Households and residents: one household, one timeline."""
