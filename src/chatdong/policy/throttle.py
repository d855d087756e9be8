"""How often one network address may do something in an hour; beyond it a sentence, never a puzzle to solve.

Counted in Django's cache and forgotten after the hour: nothing about an address is stored in a table for this.
"""

from datetime import datetime

from django.core.cache import cache

HOUR = 3600


def within(what: str, address: str, *, most: int, at: datetime) -> bool:
    """Count one more time and say whether it is still allowed. An hour is the clock's own, so that two doors count alike."""
    key = f"throttle:{what}:{address}:{at:%Y%m%d%H}"
    cache.add(key, 0, HOUR)
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # it ran out between the two lines
        return True
