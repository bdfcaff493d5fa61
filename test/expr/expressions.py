"""The expressions that make-cases.py evaluates, by how the results are compared."""

COLUMNS = ["b", "i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "f32", "f64"]
NULLABLE = ["nb", "n8", "n64", "nf"]
NUMBERS = COLUMNS[1:]


def every():
    """Each operator on each pair of types that numpy has a loop for, and on constants."""
    for a in COLUMNS:
        for b in COLUMNS:
            both = f"x.{a} {{}} x.{b}"
            integers = "f" not in a + b and {a[0] + a[1:], b} not in ({"u64", "i8"}, {"u64", "i16"}, {"u64", "i32"}, {"u64", "i64"})
            yield both.format("+")
            yield both.format("<")
            yield both.format("==")
            yield both.format("/")
            yield f"ak.where(x.c, x.{a}, x.{b})"
            if not a == b == "b":
                yield both.format("-")
            if integers:
                yield both.format("&")
    for a in COLUMNS:
        for constant in ["1", "2.5", "True"]:
            yield f"x.{a} * {constant}"
            yield f"{constant} + x.{a}"
            yield f"x.{a} >= {constant}"
            yield f"{constant} < x.{a}"
            yield f"x.{a} / {constant}"
    for a in NUMBERS:
        yield f"x.{a} // 3"
        yield f"x.{a} % 3"
        yield f"x.{a} // 0"
        yield f"x.{a} % 0"
        yield f"-x.{a}"
        yield f"+x.{a}"
        yield f"x.{a}**2"
        yield f"np.square(x.{a})"
        yield f"np.sign(x.{a})"
        yield f"np.round(x.{a})"
        yield f"x.{a} != 1"
    for a in COLUMNS:
        for f in ["abs", "sqrt", "floor", "ceil", "trunc", "rint", "isnan", "isfinite", "isinf", "fabs", "logical_not"]:
            yield f"np.{f}(x.{a})"
        for f in ["any", "all", "sum", "max", "min", "count", "count_nonzero", "num"]:
            yield f"ak.{f}(x.{a}, axis=1)"
        yield f"np.maximum(x.{a}, 1)"
        yield f"np.minimum(x.{a}, x.i16)"
        yield f"np.fmax(x.f32, x.{a})"
        yield f"np.fmin(x.{a}, x.f64)"
    for a in ["i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64"]:
        for text in ["~x.{}", "x.{} & 5", "x.{} | 2", "x.{} ^ 7", "x.{} << 1", "x.{} >> 1", "x.{} << 40", "x.{} >> 40"]:
            yield text.format(a)
        yield f"x.{a} << x.b"
        yield f"1 << x.{a}"
        yield f"2 ** x.u8 * x.{a}"
        yield f"x.{a} ** 5"
        yield f"x.{a} ** x.u8"
        yield f"x.{a} // 7"
        yield f"x.{a} % x.u8"
        yield f"x.u16 // x.{a}"
        yield f"(x.{a} & (1 << 3)) != 0"
    for a in ["i8", "i16", "i32", "i64", "f32", "f64"]:
        yield f"x.{a} // -3"
        yield f"x.{a} % -3"
        yield f"7 // x.{a}"
        yield f"7 % x.{a}"
        yield f"x.{a} // x.i8"
        yield f"x.{a} % x.i8"
        yield f"x.{a} >= -1"


def nullable():
    for a in NULLABLE:
        yield f"x.{a}"
        yield f"x.{a} == x.{a}"
        yield f"x.{a} > 2"
        yield f"x.{a} * 2"
        yield f"ak.is_none(x.{a}, axis=1)"
        yield f"~ak.is_none(x.{a}, axis=-1)"
        yield f"ak.where(x.nb, x.{a}, x.f32)"
        yield f"ak.where(x.b, 0, x.{a})"
        yield f"ak.where(x.nb, x.{a}, x.{a})"
        for value in ["0", "-1", "0.5", "True", "300", "np.float32(2)"]:
            yield f"ak.fill_none(x.{a}, {value})"
        for f in ["any", "all", "sum", "max", "min", "count", "count_nonzero", "num"]:
            yield f"ak.{f}(x.{a}, axis=1)"
        yield f"ak.fill_none(ak.max(x.{a}, axis=1), 0)"
        yield f"ak.max(ak.mask(x.{a}, x.b), axis=1)"
    yield from [
        "x.nb & x.b",
        "x.nb | True",
        "~x.nb",
        "x.nf > x.n8",
        "np.logical_and(x.nb, x.nf)",
        "np.isnan(x.nf)",
        "np.abs(x.nf) + x.f32",
        "ak.mask(x.f32, x.b)",
        "ak.mask(x.nf, x.nb)",
        "ak.fill_none(x.f32, 0)",
        "ak.fill_none(x.u8, 0.5)",
        "ak.fill_none(array=x.n8, value=7)",
        "ak.fill_none(x.n8, 7, axis=1)",
        "ak.any(x.nf > 1, axis=1) & x.b",
    ]


EXACT = [
    *every(),
    *nullable(),
    # precedence
    "x.u8 & 7 == 4",
    "x.u8 + 2 * 3 << 1",
    "x.b | x.c & x.b ^ x.c",
    "-x.f32 ** 2",
    "2 ** -1 * x.f32",
    "2 ** 3 ** 2 * x.f64",
    "x.f64 ** 2 ** 0.0",
    "~x.u8 + 1",
    "- - x.i8",
    "x.i32 - 1 - 2",
    "x.f64 / 2 / 4",
    "x.f64 - (1 - 2)",
    "x.i8 * -1",
    "x.i8 - -1",
    "(x.u8 >= 2) == (x.b)",
    "((x.f32 > 1) & (x.u8 < 100)) | ~x.b",
    "(x.f32 > 40) & (np.abs(x.g32) < 2.0)",
    # constants
    "x.f32 > 1.4442",
    "x.f32 == 0.1",
    "x.f32 < 0.1",
    "x.f64 == 0.1",
    "x.f32 == x.f64",
    "x.f32 > 1e40",
    "x.f32 * 1e40",
    "x.f32 > 16777217",
    "x.u16 > 299.5",
    "x.i64 == 9007199254740993",
    "x.i64 > 9007199254740992",
    "x.i64 >= 9223372036854775807",
    "x.u64 == 9007199254740993",
    "x.i64 > 9007199254740992.0",
    "x.i64 < 0x7FFF_FFFF",
    "x.u64 >= 0b1011",
    "x.u32 > 1_000_000",
    "x.i32 < .5",
    "x.i32 > 1.",
    "x.i32 > 1e3",
    "x.u64 > x.i64",
    "x.u64 == x.i8",
    "x.i8 < x.u64",
    "x.b == 1",
    "x.b < 2",
    "x.b > -1",
    "x.b + 1",
    "x.b * 2.5",
    "x.b - 1",
    "x.b ** x.c",
    "x.b // x.c",
    "x.b % x.c",
    "x.b << x.c",
    "x.b * x.c",
    "x.b & 3",
    "x.b == 0.5",
    "np.square(x.b)",
    "np.maximum(x.b, x.c)",
    "np.minimum(x.b, True)",
    # float division
    "x.f32 // x.g32",
    "x.f32 % x.g32",
    "x.f64 // x.g64",
    "x.f64 % x.g64",
    "x.g32 // 0.1",
    "x.g32 % 0.1",
    "x.g64 // -0.3",
    "x.g64 % -0.3",
    "x.f32 ** 0.5",
    "x.g32 ** -1",
    "x.g64 ** 2",
    "1 ** x.f64",
    "1.0 ** x.f32",
    "(-1.0) ** x.f32",
    "x.f64 ** 0",
    # half precision
    "np.sqrt(x.u8) * 2",
    "np.sqrt(x.u8) + x.u8",
    "np.sqrt(x.u8) + x.u16",
    "np.sqrt(x.u8) + x.i32",
    "np.sqrt(x.u8) > 1.41",
    "np.sqrt(x.u8) / 3",
    "np.sqrt(x.u8) * 1000",
    "np.square(np.sqrt(x.u8)) * np.sqrt(x.u8) * 60",
    "np.sqrt(x.u8) / 65536",
    "np.sqrt(x.i8) == x.i8",
    "-np.sqrt(x.u8) // 2",
    "np.sqrt(x.u8) % 1.1",
    "np.rint(x.u8)",
    "np.fabs(x.i8)",
    "np.copysign(x.u16, x.i8)",
    "np.copysign(x.u16, x.i16) * 3",
    "np.copysign(x.u8, x.b)",
    "np.copysign(x.u8, 2)",
    "np.copysign(x.u8, 2.5)",
    "np.copysign(x.b, 2)",
    "np.copysign(x.u32, x.i8)",
    # numpy scalars
    "x.f32 > np.float64(0.1)",
    "x.f32 + np.float64(0.1)",
    "np.float32(0.1) + x.f64",
    "np.float32(2) * x.u8",
    "np.int64(2) * x.u8",
    "np.uint8(3) * x.i8",
    "np.sqrt(2) * x.f32",
    "np.float64(2) * np.pi * x.f32",
    "np.bool_(True) & x.b",
    "np.int32(1.7) + x.i8",
    "np.maximum(2, 3) * x.u8",
    "np.pi * x.f32",
    "np.inf > x.f32",
    "x.f64 == np.nan",
    "-np.inf < x.f64",
    # functions
    "np.add(x.u8, 1)",
    "np.subtract(x.f32, x.g32)",
    "np.multiply(x.i8, x.i8)",
    "np.divide(x.u8, 3)",
    "np.true_divide(x.u8, 3)",
    "np.floor_divide(x.i8, 3)",
    "np.mod(x.i8, 3)",
    "np.remainder(x.f32, 3)",
    "np.power(x.u8, 2)",
    "np.negative(x.f32)",
    "np.positive(x.i8)",
    "np.invert(x.b)",
    "np.bitwise_and(x.u8, 3)",
    "np.bitwise_or(x.u8, x.u16)",
    "np.bitwise_xor(x.b, x.c)",
    "np.left_shift(x.u8, 1)",
    "np.right_shift(x.i8, 1)",
    "np.greater(x.f32, 1)",
    "np.greater_equal(1, x.f32)",
    "np.less(x.u8, x.i8)",
    "np.less_equal(x.u8, 100)",
    "np.equal(x.b, 1)",
    "np.not_equal(x.f32, x.f32)",
    "np.logical_and(x.f32, x.b)",
    "np.logical_or(x.u64, x.b)",
    "np.logical_xor(x.f64, x.i64)",
    "np.copysign(x.f32, -1)",
    "np.copysign(x.u16, x.f32)",
    "np.heaviside(x.f32, 0.5)",
    "np.signbit(x.f32)",
    "np.signbit(x.f64)",
    "np.maximum(x.f32, x.g32)",
    "np.minimum(x.f32, x.g32)",
    "np.fmax(x.f32, x.g32)",
    "np.fmin(x.f32, x.g32)",
    "np.maximum(x.i64, x.i32)",
    "np.minimum(x.u64, 5)",
    "np.float_power(x.u8, 2)",
    "np.around(x.f32)",
    "np.where(x.b, 1, 0)",
    "np.where(x.f32 > 1, x.f32, x.u8)",
    # awkward
    "ak.where(x.b, True, False)",
    "ak.where(x.b, True, 0)",
    "ak.where(x.b, 1.5, x.u8)",
    "ak.where(x.b, x.u8, 300)",
    "ak.where(x.u8, x.f32, 0)",
    "ak.where(x.b, np.float32(1.5), x.u8)",
    "ak.any(x.b, -1)",
    "ak.any(array=x.b, axis=1)",
    "ak.num(x.f32)",
    "ak.num(x.f32, 1) >= 2",
    "ak.sum(x.b & x.c, axis=1) > 0",
    "x.f32 == ak.max(x.f32, axis=1)",
    "ak.max(x.u8, axis=1) - x.u8",
    "ak.sum(x.u8, axis=1) * x.f32",
    "ak.all((x.u8 > 1) | x.b, axis=1)",
    "ak.where(ak.any(x.b, axis=1), x.u8, x.f32)",
    "ak.sum(x.f32, axis=1) / ak.num(x.f32, axis=1)",
]

TRANSCENDENTAL = "exp expm1 log log2 log10 log1p cbrt sin cos tan arcsin arccos arctan sinh cosh tanh".split()
TRANSCENDENTAL += "arcsinh arccosh arctanh deg2rad rad2deg degrees radians exp2".split()

# Functions that mathematical libraries round differently.
ROUNDED = [
    *(f"np.{f}(x.{c})" for f in TRANSCENDENTAL for c in ["g32", "g64", "u8", "i16", "u32", "b"]),
    *(f"np.{f}(x.{c})" for f in ["exp", "log", "sinh", "arctan"] for c in ["f32", "i64", "nf"]),
    "np.arctan2(x.g32, x.f32)",
    "np.arctan2(x.g64, 1)",
    "np.arctan2(x.u8, x.u8)",
    "np.arctan2(x.f32, x.f64)",
    "np.hypot(x.g32, 1)",
    "np.hypot(x.f32, x.g32)",
    "np.hypot(x.u8, x.u8)",
    "np.hypot(x.f64, x.i64)",
    "np.logaddexp(x.g64, x.f64)",
    "x.g32 ** x.g32",
    "x.g32 ** 3",
    "x.g64 ** 1.5",
    "x.u8 ** 0.5",
    "2.5 ** x.u8",
    "np.power(x.f32, x.g32)",
    "np.sqrt((x.g32 - 1) ** 2 + (x.f32 % 3) ** 2) < 0.5",
    "np.log(np.tan(np.arctan(np.exp(-x.g32))))",
]

# Python's own arithmetic.
PYTHON = [
    "3 / 2", "7 // 2", "-7 // 2", "7 // -2", "-7 % 3", "7 % -3", "-7.5 // 2", "-7.5 % 2", "7.5 % -2", "2 ** 10",
    "2 ** -1", "-2 ** 2", "2 ** 3 ** 2", "1 + 2 * 3", "(1 + 2) * 3", "1 << 4", "-9 >> 1", "5 & 3 | 8", "5 ^ 3", "~5",
    "True + True", "True & False", "True ^ True", "True & 1", "not 0", "not 0.5", "1 < 2", "1 < 2 < 3", "3 > 2 > 2",
    "1 == 1.0", "9007199254740993 == 9007199254740992.0", "1 if 2 > 1 else 0", "1 if 0 else 2.5", "1 and 2", "0 or 3.5",
    "0 and 3", "not 1 or 2", "True and x.b", "2 and x.f32", "x.u8 if 1 < 2 else x.nope", "1 if True else x.nope",
    "(1 if False else 2) * x.u8", "0x10 + 0o10 + 0b10", "1_000 + 1e3", ".5 + 1.", "1E-2", "x.u8 + (3 // 2)",
    "x.u8 * (7 / 2)", "x.f32 > 2 ** 0.5", "np.pi / 2", "np.pi * 2 > 6", "-np.pi % 1", "1 != 2", "0.1 + 0.2",
    "10 ** 18 + 1", "2 ** 62 * x.b", "x.i64 + 2 ** 62", "x.u8 > (1 << 3) - 1", "None == None", "'a' == 'a'", "'a' < 'b'",
    "x.u8 + + 1", "x.u8 > 3  # comment", "  x.u8  >3", "(x.u8\n > 3)", "+True", "-True", "5 if not 1 > 2 else 6",
]  # fmt: skip

WIDE = "ak.values_astype(x.{}, np.int64)"

# The reference raises OverflowError; we compare and calculate by value. (ours, what to ask numpy instead)
BY_VALUE = [
    *((f"x.{c} {op} {k}", f"{WIDE.format(c)} {op} {k}")
      for c in ["u8", "i8", "u16", "i16", "u32", "i32"]
      for op in [">=", "<", "==", "!="]
      for k in [-1, -129, 256, 300, 70000, 2**31, -(2**31) - 1, 2**32, 2**40]),
    *((f"{k} <= x.{c}", f"{k} <= {WIDE.format(c)}") for c in ["u8", "i8"] for k in [-200, 300]),
    *((f"x.{c} {op} {k}", f"{WIDE.format(c)} {op} {k}")
      for c in ["u8", "i8", "u16", "u32"]
      for op in ["+", "-", "*", "//", "%", "&", "|"]
      for k in [2**32 + 1, 2**40]),
    ("x.u8 + 300", f"{WIDE.format('u8')} + 300"),
    ("x.u8 & -1", f"{WIDE.format('u8')} & -1"),
    ("x.u8 & 256", f"{WIDE.format('u8')} & 256"),
    ("np.maximum(x.u8, 300)", f"np.maximum({WIDE.format('u8')}, 300)"),
    ("np.less_equal(x.u8, 300)", "x.u8 == x.u8"),
    ("x.u64 > 18446744073709551614", "x.u64 > np.uint64(18446744073709551614)"),
    ("x.u64 >= -1", "x.u64 == x.u64"),
    ("x.u64 == -1", "x.u64 != x.u64"),
    ("x.u64 > -9223372036854775809", "x.u64 == x.u64"),
    ("x.i64 < 9223372036854775808", "x.i64 == x.i64"),
    ("x.i64 == 9223372036854775808", "x.i64 != x.i64"),
    ("x.i64 > -9223372036854775809", "x.i64 == x.i64"),
    ("x.u64 < 18446744073709551616", "x.u64 == x.u64"),
    ("x.i32 < 99999999999999999999", "x.i32 == x.i32"),
    ("x.u64 + -1", "x.u64 + np.int64(-1)"),
    ("x.n8 > -1", "ak.values_astype(x.n8, np.int64) > -1"),
]

ERRORS = [
    # Python on columns
    "x.b and x.c", "x.b or x.c", "not x.b", "1 < x.f32 < 3", "x.f32 > 1 & x.g32 > 1", "x.f32 in x.f32", "1 if x.b else 2",
    "x.u8 == 4 and x.b", "x.f32 == None", "x.f32 + None", "x.b & None", "x.f32 > 'a'",
    # types
    "x.f32 & x.b", "x.f32 & 1", "x.f32 | x.f32", "x.f64 ^ 1", "~x.f32", "x.f32 << 1", "x.u64 & x.i64", "x.u64 | x.i8",
    "x.b - x.c", "-x.b", "+x.b", "np.sign(x.b)", "x.u8 & 1.0", "x.u8 >> 0.5", "np.invert(x.f32)", "np.negative(x.b)",
    "np.bitwise_and(x.f32, 1)", "np.subtract(x.b, True)", "ak.mask(x.f32, x.u8)", "x.u8 ** -1", "x.i64 ** -2",
    # names
    "x.nope", "nope", "nope.f32", "np.nope(x.f32)", "ak.nope(x.f32)", "abs(x.f32)", "min(x.f32, 1)", "len(x.f32)",
    "x.f32.nope", "np.nope", "sqrt(x.f32)", "x.f32(1)", "1.5.real.nope", "np.pi()",
    # calls
    "np.sqrt()", "np.maximum(x.f32)", "np.abs(x=x.f32)", "ak.any()", "ak.where(x.b, 1)", "ak.where(True, x.f32, 1)",
    "ak.fill_none(x.nf)", "ak.fill_none(x.nf, None)", "ak.any(x.b, axis=7)", "ak.any(x.b, nope=1)", "ak.sum(2, axis=1)",
    "ak.any(ak.any(x.b, axis=1), axis=1)", "ak.sum(x.f32, axis=True)", "ak.sum(x.f32, axis=1.0)", "np.uint8(300)",
    "ak.any(x.b, 1, axis=1)", "ak.num(2)",
    # syntax
    "", " ", "x.", "x.f32 >", "> 3", "(x.f32 > 3", "x.f32 > 3)", "x.f32 x.g32", "x.f32 = 3", "x.f32 && x.b", "!x.b", "x.f32 ? 1 : 2",
    "x.(f32 > 3)", "1__0", "0777", "1e", "0x", "3f", "'a", "x.f32 > 3;", "@", "x.f32 ** ", "1 if 2", "lambda: 1", "x.f32[",
    "np.sqrt(x.f32", "np.sqrt(x.f32,,)", "x..f32", "x.if", "$", "if", "x.f32 is", "not", "1 + not 2", "0b2", "0o8", "1 not 2",
    # Python on numbers
    "1 / 0", "1 // 0", "1 % 0", "1.0 % 0", "1 << -1", "0 ** -1", "~1.5", "1.5 & 1", "'a' + 1", "-'a'", "None < 1", "-None",
]  # fmt: skip
