"""A district's own register of households, from a CSV file: read line by line, loaded in batches, every refused line told."""
