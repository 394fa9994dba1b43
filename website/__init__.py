"""What turns the pages under docs/ into the site. Readers of nnbasics need none of it.

The way of the data, from what is computed to what is read. Each imports only what stands above
it, so nothing flows back:

- `look`: the colours, what a table is; `svg`: makes matplotlib's SVG fit for a page; `marks`: what
  binds a number in a text
- `odd_looks`: how a run may look when something is wrong, each cause, one test, and the cure
- `pages`: which page is being built, and where in it a mistake is; `addresses`: where the site
  will be
- `wheel`: the package, to be installed from the site; `notebooks`: what a notebook is made of
- `figures`: the experiments, and how they are drawn; a figure that the reader moves is one folder
- `proof`: what must be true for a build to come out: snippets, numbers, claims; what the
  runs gave is kept
- `moving`: what the figures that the reader moves share
- `rendered`: while serving, a page is rendered anew only if something of it has changed
- `blocks`: one module for each kind of block on a page
- `labs`: notebooks that are run and shown
- `live`: Python in the reader's page
- `questions`: what the reader answers, and what each answer is told
- `progress`: what the reader has read and answered, marked in the reader's own browser
- `exercises`: what the reader writes, and how it is checked
- `teaching`: the questions in other forms, plans for a lesson, and a class without a server
- `search`: what is looked through, and how, when the reader searches
- `glossary`: the tooltips; `numpy_names`: where a lesson first uses a name of NumPy, its meaning
- `page_weight`: leaves out what no page needs; `policy`: what a page may load and run;
  `restart`: has `make serve` begin anew after a change
- `hooks`: what MkDocs calls, and so the place to start reading
"""

import os

# Before NumPy is there. The matrices are small: one thread is quicker, and numbers add up in the
# same order in every build, whether make starts it or not.
for library in ("OMP", "OPENBLAS"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")
