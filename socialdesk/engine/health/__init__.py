"""What is well on this computer and in this workspace, and what is not."""
