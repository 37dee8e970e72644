"""Coding schemes as tables, one file each, over one inner vocabulary of acts (`acts.py`)."""
