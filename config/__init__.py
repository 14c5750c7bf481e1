"""Wiring, no business."""
