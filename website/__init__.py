"""What turns the pages under docs/ into the site. Readers of nnbasics need none of it.

- `pages`: where in which page a mistake is
- `diagrams`, `pictures`, `tables`, `sources`, `wheel`: one fenced block each
- `glossary`: the tooltips
- `snippets`: runs the code on the pages
- `live`: runs them again, in the reader's browser
- `hooks`: what MkDocs calls
- `figures/`: one module a page, with the numbers and the drawing of each figure and table
"""
