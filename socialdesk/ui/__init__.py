"""The window: Qt Widgets over one `Desk`; no thread is started here and no network is spoken."""
