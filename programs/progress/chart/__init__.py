"""Pure: what a chart shows and where. Standard library only; words are handed in, the time is an argument."""
