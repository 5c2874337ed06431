"""What each page gets: one typed context per page, made from the ledger's view. Templates compute nothing."""
