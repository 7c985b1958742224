"""Sources whose words may be looked at and never kept."""
