"""The engine as a process of its own: the pipe to its windows, both ends, who keeps it alive."""
