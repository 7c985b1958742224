"""The room of incidents: banner, declare sheet, and what is done from alert to review."""
