"""A district's discovery list: an uploaded .xlsx or .csv becomes rows, each with its place in the file."""
