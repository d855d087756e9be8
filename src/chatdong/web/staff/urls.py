"""Addresses of web/staff: each noun brings its own."""

from chatdong.web.staff import (
    accounts,
    closures,
    handovers,
    household_duty,
    household_edit,
    household_safety,
    households,
    inbox,
    lists,
    log,
    notices,
    report_card,
    take,
    today,
    visit_record,
)

urlpatterns = [
    *today.urlpatterns,
    *inbox.urlpatterns,
    *take.urlpatterns,
    *report_card.urlpatterns,
    *households.urlpatterns,
    *household_edit.urlpatterns,
    *household_duty.urlpatterns,
    *household_safety.urlpatterns,
    *handovers.urlpatterns,
    *closures.urlpatterns,
    *lists.urlpatterns,
    *notices.urlpatterns,
    *log.urlpatterns,
    *accounts.urlpatterns,
    *visit_record.urlpatterns,
]
