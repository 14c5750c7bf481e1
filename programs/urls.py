"""Addresses of programs, handouts, the patient page and the caseload."""

from programs.caseload.urls import urlpatterns as caseload
from programs.portal.urls import urlpatterns as portal
from programs.reminders.urls import urlpatterns as reminders

app_name = "programs"
urlpatterns = [*caseload, *portal, *reminders]
