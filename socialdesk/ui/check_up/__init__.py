"""What `socialdesk doctor` says, in the window."""
