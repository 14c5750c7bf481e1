"""Addresses of programs, handouts, letters, the patient page and the caseload."""

from programs.caseload.urls import urlpatterns as caseload
from programs.digest.urls import urlpatterns as digest
from programs.drawings.urls import urlpatterns as drawings
from programs.handouts.urls import urlpatterns as handouts
from programs.letters.urls import urlpatterns as letters
from programs.portal.urls import urlpatterns as portal
from programs.prescribing.library_urls import urlpatterns as library
from programs.prescribing.urls import urlpatterns as prescribing
from programs.progress.urls import urlpatterns as progress
from programs.push.urls import urlpatterns as push
from programs.reminders.urls import urlpatterns as reminders

app_name = "programs"
urlpatterns = [
    *caseload,
    *digest,
    *library,
    *prescribing,
    *progress,
    *handouts,
    *letters,
    *push,
    *portal,
    *reminders,
    *drawings,
]
