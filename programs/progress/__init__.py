"""Progress for the clinician: charts on one time axis, the data behind them, and the ticked sheet typed back."""
