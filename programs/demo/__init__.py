"""A believable fictional clinic for a first look: made by the same actions a clinician uses."""
