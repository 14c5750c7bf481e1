"""An invented clinic over many weeks by a simulated clock: the real judgement and the real rules, on rows of nowhere."""
