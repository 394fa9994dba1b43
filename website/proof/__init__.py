"""What must hold for a build to come out: every number on a page is proved.

- `marks`: how a number in a text is bound to what gives it, and how a text reads without
- `numerals`, `sums`: how numbers are written, and the arithmetic that a sentence writes out
- `text`: a page as its reader reads it
- `runs`: what the code of a page gives, for each of its marks
- `numbers`: the proof itself
- `check`: the command behind `make check` and `make update`
- `mutate`: the command behind `make mutate`, which tries whether wrong numbers are noticed
"""
