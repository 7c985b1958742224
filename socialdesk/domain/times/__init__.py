"""Moments, periods and business hours, as people mean them."""
