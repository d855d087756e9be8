"""Ways by which something reaches us: one folder each, one table of them."""
