"""What was asked of the runner and what came back: doses, planned days, adherence, check-ins, the run ladder, and what
the clinician is proposed on it: `decide.decide(course, plan, today)`.

Pure: standard library, the vocabulary and the library's way of reading TOML. Today and the answers are arguments, so any
rule here can be replayed on an old record.
"""
