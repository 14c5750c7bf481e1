from programs.actions.checks import write_check
from programs.actions.decisions import answer_proposal, handle_new_symptom
from programs.actions.draft import (
    add_line,
    change_line,
    change_plan,
    give_reason,
    move_line,
    remove_line,
)
from programs.actions.handover import begin_handover, tick_handover, untick_handover
from programs.actions.issue import end_program, issue_program, renew_link, retry_handout, revoke_link
from programs.actions.phases import add_phase, change_phase, move_to_phase, remove_phase
from programs.actions.prints import cancel_batch, order_batch, order_handout, retry_batch
from programs.actions.propose import propose_program
from programs.actions.protocols import (
    apply_protocol,
    change_protocol,
    restore_protocol,
    retire_protocol,
    save_protocol,
)
from programs.actions.undo import take_back

__all__ = [
    "add_line",
    "add_phase",
    "answer_proposal",
    "apply_protocol",
    "begin_handover",
    "cancel_batch",
    "change_line",
    "change_phase",
    "change_plan",
    "change_protocol",
    "end_program",
    "give_reason",
    "handle_new_symptom",
    "issue_program",
    "move_line",
    "move_to_phase",
    "order_batch",
    "order_handout",
    "propose_program",
    "remove_line",
    "remove_phase",
    "renew_link",
    "restore_protocol",
    "retire_protocol",
    "retry_batch",
    "retry_handout",
    "revoke_link",
    "save_protocol",
    "take_back",
    "tick_handover",
    "untick_handover",
    "write_check",
]
