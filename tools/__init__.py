"""What the scripts need in Python: starting the software, running the checks, a PostgreSQL of one's own."""
