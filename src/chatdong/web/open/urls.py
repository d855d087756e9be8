"""Addresses of web/open."""

urlpatterns = []
