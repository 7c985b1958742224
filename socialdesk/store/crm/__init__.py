"""Cases and records in a CRM, and where they came from."""
