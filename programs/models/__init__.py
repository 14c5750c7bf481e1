from programs.models.exercise import Exercise
from programs.models.jobs import Handout, Job, Reminder
from programs.models.letter import Letter, LetterPaper
from programs.models.log import ExerciseLog, MorningCheck
from programs.models.program import PatientLink, Program, ProgramLine, ProgramVersion
from programs.models.standing import Standing

__all__ = [
    "Exercise",
    "ExerciseLog",
    "Handout",
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
]
