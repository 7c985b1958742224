"""SocialDesk: one local queue of every public word about a brand."""

__version__ = "0.1.0"
