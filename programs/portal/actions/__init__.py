from programs.portal.actions.checks import log_check
from programs.portal.actions.exercises import log_exercise, log_whole_day
from programs.portal.actions.mornings import answer_morning
from programs.portal.actions.news import tell_something_new
from programs.portal.actions.runs import log_run

__all__ = ["answer_morning", "log_check", "log_exercise", "log_run", "log_whole_day", "tell_something_new"]
