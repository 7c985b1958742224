"""Cases in a CRM, and what it knows of people, as screens show them."""
