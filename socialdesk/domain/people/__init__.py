"""People across networks, and the CRM they may be in."""
