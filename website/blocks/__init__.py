"""The blocks of a page, one module for each kind. Each turns its text into HTML or Markdown."""
