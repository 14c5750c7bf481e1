"""Why a reminder that was written down did not leave, in words for staff."""

from django.utils.translation import gettext_lazy as _

from programs.reminders.schedule import Why

NO_LONGER_DUE = {
    Why.DUE: _("It was no longer due."),
    Why.OPTED_OUT: _("The runner stopped reminders before it left."),
    Why.ADDRESS_REFUSED: _("The mail server had refused this address."),
    Why.PROGRAM_OVER: _("The program was over before it left."),
    Why.DAY_OVER: _("The day was over before it could leave."),
    Why.NOTHING_OPEN: _("Nothing was open any more when it was about to leave."),
    Why.ALREADY_SENT_TODAY: _("One had gone out that day already."),
    Why.WEEKLY_LIMIT: _("This week's number of reminders was reached."),
    Why.PAUSED: _("Reminders are paused: the last ones were not answered."),
    Why.BEFORE_PREFERRED_HOUR: _("It is not yet the hour the runner chose."),
    Why.QUIET_HOURS: _("Quiet hours had begun."),
    Why.NOT_CHOSEN: _("The runner does not want to be asked in the morning."),
    Why.NOTHING_TO_COMPARE: _("Nothing was done the day before, so there is nothing to compare."),
    Why.ANSWERED: _("The morning was answered before it left."),
    Why.MORNING_OVER: _("The morning was over before it could leave."),
    Why.NOT_YET_MORNING: _("It is not yet morning for the runner."),
}
