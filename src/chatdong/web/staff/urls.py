"""Addresses of web/staff."""

urlpatterns = []
