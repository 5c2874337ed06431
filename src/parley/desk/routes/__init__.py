"""The routes: each takes a request apart, asks for a page, and answers."""
