"""The casebook in a browser: pages, an API and review, over one file, without a network."""
