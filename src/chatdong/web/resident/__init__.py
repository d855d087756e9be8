"""Screens: residents, who need no log-in and of whom nothing is kept."""
