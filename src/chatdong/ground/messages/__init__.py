"""What must reach somebody: rows that a job delivers."""
