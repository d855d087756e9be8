"""Actions of benefits."""
