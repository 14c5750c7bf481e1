"""Reminders on the runner's phone: web push (RFC 8030), encrypted to the phone (RFC 8291), signed by us (RFC 8292)."""
