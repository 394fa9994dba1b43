"""What a beginner's errors are told: a program, the line, the sentence.

In each version of Python it is the same sentence: so these are tested here, and in the page.
"""

ERRORS = [
    ("def f()\n    return 1", 1, "A colon `:` is missing at the end of this line."),
    ("def f():\nreturn 1", 2, "What belongs to the `:` of line 1 starts further in: put four "
     "spaces in front of it."),
    ("x = 1\n  y = 2", 2, "This line starts further in than the one above it. Only after a "
     "`:` a line starts further in."),
    ("if 1:\n        x = 1\n    y = 2", 3, "This line starts at another place than the lines "
     "that it belongs to. Count the spaces in front of it."),
    ("x = (1, 2\ny = 3", 1, "A bracket is opened here, and never closed."),
    ("x = [1, 2)", 1, "There is a bracket too many here, or one of another kind than was "
     "opened."),
    ("x = 'abc", 1, "A text begins with a quote here, and has none at its end."),
    ("if x = 3:\n    pass", 1, "One `=` gives a name to a value. To compare, write `==`."),
    ("1 = x", 1, "What stands left of `=` must be a name. To compare, write `==`."),
    ("print 3", 1, "What is to be printed belongs in brackets: `print(...)`."),
    ("return 3", 1, "A `return` belongs to a function. Is this line indented as far as the "
     "lines of the function?"),
    ("x = 3 − 2", 1, "There is a sign here that Python does not know. Was this copied from a "
     "text? Type its signs anew."),
    ("x = [1 2]", 1, "Two things stand side by side here. Is a comma, a `*` or a bracket "
     "missing between them?"),
    ("for in x:\n    pass", 1, "Python cannot read this line. Look for what is missing, or too "
     "much: a bracket, a comma, a colon, a quote. It may be in the line above."),
    ("predictions = 1\n\npredictoins", 3, "Python does not know `predictoins`. You have "
     "`predictions`: is that what you mean?"),
    ("def f(targets):\n    return tragets\nf(1)", 2, "Python does not know `tragets`. You have "
     "`targets`: is that what you mean?"),
    ("np.mean(1)", 1, "Python does not know `np`. Is `import numpy as np` missing at the top?"),
    ("mse(1, 2)", 1, "Python does not know `mse`. Is `from nnbasics import mse` missing at the "
     "top?"),
    ("zeros(3)", 1, "Python does not know `zeros`. Do you mean `np.zeros`?"),
    ("qqq", 1, "Python does not know `qqq`. Is it set below this line, or written otherwise?"),
    ("def f():\n    total = total + 1\ntotal = 0\nf()", 2, "`total` has no value yet. A name "
     "that a function sets is the function's own: set it there before you use it, or take "
     "another name."),
    ("x = 1 / 0", 1, "Here a number is divided by zero. Print what stands behind the `/`."),
    ("[1, 2, 3][3]", 1, "There is no such place. Places are counted from 0: of three, the last "
     "is `[2]`."),
    ("{'a': 1}['b']", 1, "The dictionary has no key 'b'."),
    ("def f(a, b):\n    pass\nf(1)", 3, "`f` was not given `b`."),
    ("def f(a):\n    pass\nf(1, 2)", 3, "`f` takes 1 value, and 2 came. Look at the names "
     "behind its `def`."),
    ("class A:\n    def f():\n        pass\nA().f()", 4, "`f` was given more than it takes. Is "
     "`self` its first name?"),
    ("class A:\n    def __init__(self, a):\n        pass\nA()", 4, "`A` was not given `a`."),
    ("def f(a):\n    pass\nf(b=1)", 3, "`f` does not know the name `b`. Look at the names "
     "behind its `def`."),
    ("[1] - [2]", 1, "A list cannot be subtracted like a number. Make an array of it, "
     "`np.array(...)`, or go through it with `for`."),
    ("[1] * 0.5", 1, "A list cannot be calculated with like a number. Make an array of it, "
     "`np.array(...)`, or go through it with `for`."),
    ("abs([1])", 1, "A list cannot be calculated with like a number. Make an array of it, "
     "`np.array(...)`, or go through it with `for`."),
    ("1 + '2'", 1, "One of the two is a text, not a number. Are there quotes around a number?"),
    ("1 + None", 1, "One of the two is `None`, nothing. Is a `return` missing, or was a name "
     "never set?"),
    ("1 + ...", 1, "There is still `...` in this sum. Put your own code in place of the dots."),
    ("1 + len", 1, "One of the two is a function itself. Are its brackets `()` missing?"),
    ("x = 3\nx(4)", 2, "Here a number stands before brackets `()`, as if it were a function. "
     "Is a `*` missing, or was the name of a function used for something else?"),
    ("for x in 3:\n    pass", 1, "Python wants to go through several things here, and there is "
     "a number."),
    ("a, b = 3", 1, "Python wants to go through several things here, and there is a number."),
    ("a, b = 1, 2, 3", 1, "There are not as many names in front of the `=` as there are values "
     "behind it."),
    ("(3)[0]", 1, "Brackets `[]` take a part of something, and here is a number, which has no "
     "parts."),
    ("(1, 2)[0] = 3", 1, "Here a part of a tuple is to be changed, and that is not possible."),
    ("len(3)", 1, "`len` counts what is in a list or an array, and here is a number."),
    ("[1, 2][1.0]", 1, "A place in a list is a whole number."),
    ("[1].mean()", 1, "A list has no `mean`. An array has it: make one with `np.array(...)`."),
    ("import numpy as np\nnp.meen", 2, "`numpy` has no `meen`. It has `mean`: is that what you "
     "mean?"),
    ("None.x", 1, "There is nothing, `None`, in front of `.x`. Is a `return` missing?"),
    ("from nnbasics import mze", 1, "`nnbasics` has no `mze`. It has `mse`: is that what you "
     "mean?"),
    ("import tensorflow", 1, "There is no `tensorflow` here: only Python, NumPy and `nnbasics`."),
    ("import numpy as np\nnp.ones(3) + np.ones(4)", 2, "These two arrays do not fit: their "
     "shapes are (3,) and (4,). Print the `.shape` of each, just before this line."),
    ("import numpy as np\nnp.ones((2, 3)).dot(np.ones((2, 3)))", 2, "These two arrays do not "
     "fit: their shapes are (2, 3) and (2, 3). Print the `.shape` of each, just before this "
     "line."),
    ("import numpy as np\nnp.ones((2, 3)) @ np.ones((2, 3))", 2, "These two arrays do not fit. "
     "Print the `.shape` of each, just before this line."),
    ("import numpy as np\nif np.ones(3) > 0:\n    pass", 2, "One yes or no is needed here, by "
     "`if`, `and` or `max`, and an array gives many. Ask for one of them, or use `.all()`, "
     "`.any()` or `np.maximum`."),
    ("import math\nlog(2)", 2, "Python does not know `log`. Do you mean `math.log`?"),
    ("training = 1\ntrain(1)", 2, "Python does not know `train`. Is `from nnbasics import train` "
     "missing at the top?"),
    ("class A:\n    inputs = 1\n    def f(self):\n        return inputs\nA().f()", 4, "Python does "
     "not know `inputs`. Do you mean `self.inputs`?"),
    ("import numpy as np\nnp.array([[1], [1, 2]])", 2, "The rows have different lengths: no "
     "array can be made of them."),
    ("import numpy as np\nfloat(np.ones(3))", 2, "One number is needed here, and there are "
     "several."),
    ("import numpy as np\nnp.ones(3).reshape(2, 2)", 2, "There are not as many numbers as this "
     "shape has places."),
    ("import numpy as np\nnp.ones(3)[0, 0]", 2, "There are more numbers in the brackets `[]` "
     "than the array has directions."),
    ("def f():\n    return f()\nf()", 2, "A function calls itself again and again, without an "
     "end."),
    ("assert 1 > 2", 1, "The `assert` in this line does not hold."),
    ("input()", 1, "`input` waits for somebody to type, and here nobody can. Write the value "
     "into the program."),
    ("import sys\nsys.exit()", 2, "The program ends itself here. Take this line out, so that "
     "it can be checked."),
    ("raise RuntimeError", 1, "Python stops here, with a `RuntimeError`."),
]  # fmt: skip
