"""An invented clinic over many weeks by a simulated clock: the real planner and the real rules, on rows that are thrown away."""
