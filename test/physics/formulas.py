"""Formulas that make-corrections.py asks correctionlib about. Four variables (x, y, z, t) and three parameters."""

UNARY = "log log10 exp erf sqrt abs cos sin tan acos asin atan cosh sinh tanh acosh asinh atanh".split()
BINARY = "atan2 pow max min".split()
OPERATORS = "|| && == != > < >= <= - + / * ^".split()

FORMULAS = (
    [f"{f}({arg})" for f in UNARY for arg in ("x", "y", "z")]
    + [f"{f}({args})" for f in BINARY for args in ("x,y", "y,x", "z, t", "t , x")]
    + [f"x{op}y" for op in OPERATORS]
    + [f"t {op} 2" for op in OPERATORS]
    + [
        "1",
        "-1",
        "1.",
        "1.25e-3",
        "2e3",
        "007",
        "[0]",
        "[ 1 ]",
        "-[1]",
        "x[0]",
        "x[3]+x[1]",
        "  x  ",
        "\tx +\ty ",
        "-x^2",
        "-2^2",
        "2^3^2",
        "2^-1",
        "x-1",
        "x -1",
        "x- -1",
        "x--1",
        "-(-x)",
        "-(x)",
        "-sqrt(y)",
        "8/4/2",
        "8-4-2",
        "8/4*2",
        "8*4/2",
        "8-4+2",
        "1+2*3",
        "(1+2)*3",
        "1<2==1",
        "1==1<2",
        "x>0&&y>1||z<0",
        "x>0||y>1&&z<0",
        "1 < x < 2",
        "x==x",
        "1||0&&0",
        "3&&2",
        "1^(0/0)",
        "(0-1)^(1/0)",
        "(0/0)^0",
        "pow(1, x)",
        "max(0/0, 1)",
        "max(1, 0/0)",
        "min(0/0, 1)",
        "min(1, 0/0)",
        "max(x, max(y, z))",
        "[0]+[1]*x+[2]*x^2",
        "[0]*(1+[1]*erf((x-[2])/sqrt(2)))",
        "((x))",
        "exp(-x)",
        "-x*-y",
        "(x>1)*2+(x<=1)*3",
        "1/(1+exp(-[2]*(x-[0])))",
    ]
)

REFUSED_FORMULAS = [
    "",
    " ",
    "+x",
    "- 3",
    "--x",
    "x y",
    ".5",
    "1e+3",
    "1E3",
    "1.5.2",
    "x[",
    "x[a]",
    "x [0]",
    "[a]",
    "[-1]",
    "[0",
    "(x",
    "x)",
    "sin x",
    "sin()",
    "sin(x,y)",
    "pow(x)",
    "pow(x,y,1)",
    "foo(x)",
    "Sin(x)",
    "w",
    "xy",
    "x**2",
    "!x",
    "x=y",
    "x&y",
    "x?1:2",
    "z",
    "x[2]",
    "[1]",
    "x;",
    "x\n",
    "pi",
    "-(x",
    "TMath::Exp(x)",
]


def random_formula(rng, depth=4):
    kind = rng.random()
    if depth == 0 or kind < 0.2:
        leaves = ["x", "y", "z", "t", "x[1]", "[0]", "[1]", "[2]", "2", "0.5", "-3", "1e-2"]
        return rng.choice(leaves)
    if kind < 0.3:
        return f"{rng.choice(UNARY)}({random_formula(rng, depth - 1)})"
    if kind < 0.4:
        return f"{rng.choice(BINARY)}({random_formula(rng, depth - 1)},{random_formula(rng, depth - 1)})"
    if kind < 0.55:
        return f"{rng.choice(['', '-'])}({random_formula(rng, depth - 1)})"
    space = rng.choice(["", " "])
    return f"{random_formula(rng, depth - 1)}{space}{rng.choice(OPERATORS)}{space}{random_formula(rng, depth - 1)}"
