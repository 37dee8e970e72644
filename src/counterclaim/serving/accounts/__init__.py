"""Who may read and write where a casebook is served to several: accounts, sessions, roles, rate limits."""
