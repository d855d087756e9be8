"""Who asks, whole page or part, how a refusal looks."""
