"""What people decide about mentions, each an act that can be taken back."""
