"""Records put into words for the pages. No queries here: what a page needs is handed in."""
