"""Who is treated, by whom, and who may see it."""
