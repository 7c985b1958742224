"""The desktop around the window: notices, the tray, the number on its icon."""
