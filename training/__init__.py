"""How the shipped word lists and models were made."""
