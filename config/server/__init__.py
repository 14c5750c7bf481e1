"""What a server needs beside the code: the proxy's and the database's set-up and the health question."""
