"""Deals to flows, and flows to the indicators of the closed loop."""
