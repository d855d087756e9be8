"""Queries of benefits."""
