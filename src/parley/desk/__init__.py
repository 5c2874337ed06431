"""The desk: the ledger in a browser, to see, check and correct. `parley serve` starts it; `create_app` makes it."""
