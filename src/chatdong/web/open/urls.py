"""Addresses of the public screens."""

from django.urls import path

from chatdong.web.open import directory, landing, report

urlpatterns = [
    path("", landing.home, name="open-home"),
    path("privacy/", landing.privacy, name="open-privacy"),
    path("services/", directory.around, name="open-services"),
    path("services/<int:offering_id>/", directory.one, name="open-service"),
    path("report/", report.begin, name="open-report"),
    path("report/call/", report.call, name="open-report-call"),
    path("report/check/", report.check, name="open-report-check"),
    path("report/send/", report.submit, name="open-report-send"),
    path("report/done/", report.done, name="open-report-done"),
    path("report/forget/", report.forget, name="open-report-forget"),
    path("report/<slug:step>/", report.step, name="open-report-step"),
]
