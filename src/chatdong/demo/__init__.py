"""A synthetic Seoul of any size, seeded: invented people only."""
