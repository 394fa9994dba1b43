"""One module a page: the numbers of its figures and tables, and how they are drawn."""
