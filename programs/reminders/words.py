"""Why a reminder that was written down did not leave, in words for staff."""

from django.utils.translation import gettext_lazy as _

from programs.reminders.schedule import Why

NO_LONGER_DUE = {
    Why.DUE: _("It was no longer due."),
    Why.OPTED_OUT: _("The runner stopped reminders before it left."),
    Why.NOTHING_OPEN: _("Nothing was open any more when it was about to leave."),
    Why.ALREADY_SENT_TODAY: _("One had gone out that day already."),
    Why.WEEKLY_LIMIT: _("This week's number of reminders was reached."),
    Why.PAUSED: _("Reminders are paused: the last ones were not answered."),
    Why.BEFORE_PREFERRED_HOUR: _("The runner chose a later hour before it left."),
    Why.QUIET_HOURS: _("Quiet hours had begun."),
}
