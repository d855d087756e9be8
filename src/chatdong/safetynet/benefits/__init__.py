"""복지 혜택: the rule book, what a household may be owed, applications for it, and the directory of services."""
