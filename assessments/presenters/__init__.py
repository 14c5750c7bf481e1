"""Records and reasoning in the words of the page. Nothing here reads the database or asks for permission."""
