"""What was asked of the runner and what came back: doses, planned days, adherence, check-ins, the run ladder.

Pure: standard library and the vocabulary only. Today and the answers are arguments, so any rule here can be
replayed on an old record.
"""
