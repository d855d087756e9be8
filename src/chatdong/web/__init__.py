"""The screens, by who sits before them: staff, open, and the two rooms they share, `door` and `ui`."""
