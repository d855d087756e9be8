"""Screens: open."""
