"""Mentions as they are stored: pages, authors, threads, versions, search words, counters."""
