"""Addresses of web/staff."""

from chatdong.web.staff import lists, take

urlpatterns = lists.urlpatterns + take.urlpatterns
