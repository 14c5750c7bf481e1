from programs.models.decision import CaseHandling, ProgramDecision
from programs.models.exercise import ClinicFigure, Exercise, ExercisePicture
from programs.models.feeds import CalendarFeed
from programs.models.habits import ClinicProtocol, DoseHabit
from programs.models.jobs import BatchItem, Digest, Handout, HandoutBatch, Job, LinkMail, Mail, Reminder
from programs.models.letter import Letter, LetterPaper
from programs.models.log import ExerciseLog, MorningCheck, TakenReport
from programs.models.program import DraftStep, Handover, PatientLink, Program, ProgramLine, ProgramVersion
from programs.models.push import PushSubscription
from programs.models.report import CheckResult, NewSymptom, RunLog
from programs.models.standing import Standing

__all__ = [
    "BatchItem",
    "CalendarFeed",
    "CaseHandling",
    "CheckResult",
    "ClinicFigure",
    "ClinicProtocol",
    "Digest",
    "DoseHabit",
    "DraftStep",
    "Exercise",
    "ExerciseLog",
    "ExercisePicture",
    "Handout",
    "HandoutBatch",
    "Handover",
    "Job",
    "Letter",
    "LetterPaper",
    "LinkMail",
    "Mail",
    "MorningCheck",
    "NewSymptom",
    "PatientLink",
    "Program",
    "ProgramDecision",
    "ProgramLine",
    "ProgramVersion",
    "PushSubscription",
    "Reminder",
    "RunLog",
    "Standing",
    "TakenReport",
]
