from programs.actions.draft import (
    add_line,
    change_line,
    change_plan,
    give_reason,
    move_line,
    remove_line,
    restore_line,
)
from programs.actions.handover import begin_handover, tick_handover, untick_handover
from programs.actions.issue import end_program, issue_program, renew_link, retry_handout, revoke_link
from programs.actions.propose import propose_program

__all__ = [
    "add_line",
    "begin_handover",
    "change_line",
    "change_plan",
    "end_program",
    "give_reason",
    "issue_program",
    "move_line",
    "propose_program",
    "remove_line",
    "renew_link",
    "restore_line",
    "retry_handout",
    "revoke_link",
    "tick_handover",
    "untick_handover",
]
