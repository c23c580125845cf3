"""The words for people in the source: those of the window, of errors, of steps in the undo list.

The rooms below the window know no language: what they say is told by where it stands. A string
belongs to people when it is given to a parameter of a telling name (`label`, `kept`, `reason`
...), when a `StudioError` begins with it, or when a function of `TELLING` makes it. Strings with
values become templates with numbered places, "{0} is in use by {1}.".
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "aigc_studio"
WINDOW, ERRORS, STEPS = "Studio", "Errors", "Steps"
Words = Mapping[str, Sequence[str]]  # by context
# Function -> which of its arguments are words of the window.
MARKED = {"tr": 0, "later": 0, "counted": 2, "_words": 0}
# Marks what others say in our errors.
FOREIGN = {"foreign": 0}
# Parameter -> the context of what it is given, in the rooms below the window.
PARAMETERS = {
    "label": STEPS,
    "kept": ERRORS,
    "todo": ERRORS,
    "reason": ERRORS,
    "why": ERRORS,
    "doing": ERRORS,
    "what": ERRORS,
    "purpose": ERRORS,
    "activity": ERRORS,
    "notes": ERRORS,
}
# All strings of these functions are words of errors, or of what stands in them.
TELLING = {"_fault", "inconsistency", "limits_of", "holder_of", "__str__"}
# A refused value reaches people from these rooms; in the others it is a programmer's mistake.
_REFUSING = ("base", "catalog", "document", "studio")
Function = ast.FunctionDef | ast.AsyncFunctionDef
Names = Mapping[str, Sequence[ast.expr]]


def collected() -> Words:
    """All words by context, each once, in the order of the source."""
    found: dict[str, dict[str, None]] = {WINDOW: {}, ERRORS: {}, STEPS: {}}
    # Those of the command line never reach the window.
    files = [each for each in sorted(PACKAGE.rglob("*.py")) if each.parent.name != "cli"]
    takers = {}
    for file in files:
        if file.relative_to(PACKAGE).parts[0] in ("document", "studio", "worker"):
            takers.update(takers_of(_tree(file)))
    for file in files:
        found[WINDOW] |= dict.fromkeys(marked(file, MARKED))
        found[ERRORS] |= dict.fromkeys(marked(file, FOREIGN))
        for context, words in Source(file, takers).told():
            found[context][words] = None
    return {context: list(words) for context, words in found.items()}


def marked(file: Path, marks: Mapping[str, int]) -> Iterator[str]:
    """The marked words in one source file.

    Args:
        marks: function -> which of its arguments are the words.

    Raises:
        ValueError: one but `tr` is given what is no plain string.
    """
    for call in _calls(_tree(file)):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in marks:
            given = call.args[marks[name]]
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield given.value
            elif name != "tr":
                raise ValueError(f"{file}:{call.lineno}: {name} needs a plain string")


class Source:
    """What one source file says to people without marking it."""

    def __init__(self, file: Path, takers: Mapping[str, Mapping[int, str]]) -> None:
        """`takers` are functions of other files, see `takers_of`."""
        self._tree = _tree(file)
        self._takers = {**takers, **takers_of(self._tree)}
        self._room = file.relative_to(PACKAGE).parts[0]

    def told(self) -> Iterator[tuple[str, str]]:
        """Context and words, in the order of the source."""
        scopes = [each for each in ast.walk(self._tree) if isinstance(each, Function)]
        whole = _assigned(self._tree.body)
        inside = {id(call) for scope in scopes for call in _calls(scope)}
        for call in _calls(self._tree):
            if id(call) not in inside:
                yield from self._given(call, whole)
        for scope in scopes:
            yield from self._of_function(scope, {**whole, **_assigned(scope.body)})

    def _of_function(self, scope: Function, names: Names) -> Iterator[tuple[str, str]]:
        for call in _calls(scope):
            yield from self._given(call, names)
        for name, default in _defaults(scope):
            if name in PARAMETERS and self._room != "ui":
                yield from ((PARAMETERS[name], each) for each in texts(default, names))
        if scope.name in TELLING and self._room != "ui":
            parts = (part for each in ast.walk(scope) for part in _made(each))
            yield from ((ERRORS, each) for part in parts for each in texts(part, names))

    def _given(self, call: ast.Call, names: Names) -> Iterator[tuple[str, str]]:
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        told = [(word.arg or "", word.value) for word in call.keywords]
        takes = self._takers.get(name, {})
        told += [(takes[at], given) for at, given in enumerate(call.args) if at in takes]
        refused = name == "ValueError" and self._room in _REFUSING
        told += [("reason", given) for given in call.args[: name == "StudioError" or refused]]
        if name == "append" and isinstance(call.func, ast.Attribute):
            told += [(getattr(call.func.value, "id", ""), given) for given in call.args]
        for parameter, given in told:
            context = PARAMETERS.get(parameter)
            if context and not (self._room == "ui" and parameter in ("what", "purpose", "why")):
                yield from ((context, each) for each in texts(given, names))


def takers_of(tree: ast.AST) -> dict[str, dict[int, str]]:
    """Function or class of a file -> place of each of its arguments with a telling name."""
    found: dict[str, dict[int, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, Function):
            names = [each.arg for each in node.args.args if each.arg not in ("self", "cls")]
        elif isinstance(node, ast.ClassDef):
            fields = (each.target for each in node.body if isinstance(each, ast.AnnAssign))
            names = [each.id for each in fields if isinstance(each, ast.Name)]
        else:
            continue
        places = {at: name for at, name in enumerate(names) if name in PARAMETERS}
        if places:
            found[node.name] = places
    return found


def texts(node: ast.AST, names: Names, depth: int = 5) -> Iterator[str]:
    """What an expression may say, and what may stand in it: templates with letters."""
    if depth:
        own = template(node)
        if is_words(own):
            yield own
        for part in _inside(node, names):
            yield from texts(part, names, depth - 1)


def is_words(text: str) -> bool:
    """Whether there is anything to translate: no file's name, no option of a command."""
    file = "." in text.rstrip(".") and " " not in text
    return any(sign.isalpha() for sign in text) and not file and not text.startswith("--")


def _inside(node: ast.AST, names: Names) -> Iterator[ast.AST]:
    """The parts of an expression of which it says one or all."""
    match node:
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
            yield from names.get(name, ())
        case ast.JoinedStr(values=values):
            yield from (each.value for each in values if isinstance(each, ast.FormattedValue))
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from (one, other)
        case ast.GeneratorExp(elt=value) | ast.Subscript(value=ast.JoinedStr() as value):
            yield value
        case ast.Call(func=ast.Name(id="tuple") | ast.Attribute(attr="join"), args=values):
            yield from values
        case ast.BoolOp(values=values) | ast.Dict(values=values):
            yield from values
        case ast.Tuple(elts=values) | ast.List(elts=values):
            yield from values


def template(node: ast.AST) -> str:
    """A string of the source with numbered places; "" for what is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    parts, places = [], 0
    for part in node.values if isinstance(node, ast.JoinedStr) else ():
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            parts.append(f"{{{places}}}")
            places += 1
    return "".join(parts)


def _made(node: ast.AST) -> Iterator[ast.AST]:
    """What a statement of a telling function may add to what it tells."""
    match node:
        case ast.Return(value=ast.expr() as value):
            yield value
        case ast.List(elts=values):
            yield from values
        case ast.Call(func=ast.Attribute(attr="append"), args=values):
            yield from values


def _defaults(scope: Function) -> Iterator[tuple[str, ast.expr]]:
    args = scope.args
    plain = args.args[len(args.args) - len(args.defaults) :]
    yield from zip((each.arg for each in plain), args.defaults, strict=True)
    for each, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        if default is not None:
            yield each.arg, default


def _calls(tree: ast.AST) -> list[ast.Call]:
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


def _assigned(body: Sequence[ast.stmt]) -> dict[str, list[ast.expr]]:
    """What is assigned to each name, not counting functions inside."""
    found: dict[str, list[ast.expr]] = {}
    for node in (each for statement in body for each in _walked(statement)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _walked(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, Function | ast.ClassDef):
        yield node
        for inner in ast.iter_child_nodes(node):
            yield from _walked(inner)


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))
