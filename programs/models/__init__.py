from programs.models.exercise import ClinicFigure, Exercise, ExercisePicture
from programs.models.feeds import CalendarFeed
from programs.models.habits import ClinicProtocol, DoseHabit
from programs.models.jobs import BatchItem, Handout, HandoutBatch, Job, Reminder
from programs.models.letter import Letter, LetterPaper
from programs.models.log import ExerciseLog, MorningCheck, TakenReport
from programs.models.program import DraftStep, Handover, PatientLink, Program, ProgramLine, ProgramVersion
from programs.models.standing import Standing

__all__ = [
    "BatchItem",
    "CalendarFeed",
    "ClinicFigure",
    "ClinicProtocol",
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
    "MorningCheck",
    "PatientLink",
    "Program",
    "ProgramLine",
    "ProgramVersion",
    "Reminder",
    "Standing",
    "TakenReport",
]
