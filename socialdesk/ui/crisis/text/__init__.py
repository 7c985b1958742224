"""Texts of an incident: drafting, checking, publishing, and the facts they lean on."""
