"""방문: targets, watches, visits, attempts, safety plans."""
