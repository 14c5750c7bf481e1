from programs.portal.views.checking import check, checks
from programs.portal.views.days import one_day, today, whole_day
from programs.portal.views.exercises import exercise
from programs.portal.views.mornings import earlier_morning, morning
from programs.portal.views.running import run, runs
from programs.portal.views.telling import new, told

__all__ = [
    "check", "checks", "earlier_morning", "exercise", "morning", "new", "one_day", "run", "runs", "today", "told",
    "whole_day",
]  # fmt: skip
