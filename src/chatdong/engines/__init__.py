"""The engines: pure craft with no framework, no disk and no clock. Frozen dataclasses in, verdicts with reasons out."""
