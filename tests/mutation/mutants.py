"""Which small changes of a module are tried? mutmut's own operators, on every line of it.

mutmut itself leaves out what is decorated (here: every property) and what stands outside of functions (constants of
units, regular expressions, tables of functions), and its trampolines hide the source that `inspect` reads here.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst import matchers
from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider
from mutmut.mutation.mutators import mutation_operators

# No numbers are made here: types, names brought in, decorators, what only `import *` reads, names of UTF-8.
SKIPPED = (cst.Annotation, cst.Import, cst.ImportFrom, cst.Decorator, cst.TypeAlias)
NEVER_RETURNS = {"NoReturn", "Never"}

Change = tuple[cst.CSTNode, cst.CSTNode, tuple[int, int], bool]


@dataclass(frozen=True)
class Mutant:
    """A module with one change.

    Attributes:
        path: The module's file, relative to the project.
        number: Its place among the mutants of that file, from 0.
        lines: First and last line of the statement that is changed.
        before: What is changed.
        after: What it is changed into.
        message: Whether the change is within what is raised, or in a constant that only stands there: it alters the
            words of a refusal, not whether there is one.
        source: The whole module after the change.
    """

    path: str
    number: int
    lines: tuple[int, int]
    before: str
    after: str
    message: bool
    source: str

    @property
    def key(self) -> str:
        """A name that stays the same as long as the changed code and its place do."""
        return f"{self.path}:{self.lines[0]}:{self.number}: {self.before} -> {self.after}"


def count(path: Path) -> int:
    """Return how many mutants a file has."""
    return len(_changes(path)[1])


def mutants(path: Path, root: Path, numbers: Collection[int] | None = None) -> Iterator[Mutant]:
    """Yield the mutants of a file, in the order of its text.

    Args:
        path: The file.
        root: The project.
        numbers: Only these of them, counted from 0; all if not given.
    """
    module, found = _changes(path)
    for number, (node, changed, lines, message) in enumerate(found):
        if numbers is None or number in numbers:
            source = module.deep_replace(node, changed).code
            before, after = (" ".join(module.code_for_node(each).split()) for each in (node, changed))
            yield Mutant(path.relative_to(root).as_posix(), number, lines, before, after, message, source)


def _changes(path: Path) -> tuple[cst.Module, list[Change]]:
    """Return a file's module and its changes, each once."""
    wrapper = MetadataWrapper(cst.parse_module(path.read_text(encoding="utf-8")), unsafe_skip_copy=True)
    visitor = _Visitor(wrapper.module)
    wrapper.visit(visitor)
    code = wrapper.module.code_for_node
    found = {
        (id(node), code(changed)): (node, changed, lines, message)
        for node, changed, lines, message in visitor.found
        if code(changed) != code(node)
    }
    return wrapper.module, [*found.values()]


class _Visitor(cst.CSTVisitor):
    """Collects the changes of a module."""

    METADATA_DEPENDENCIES = (PositionProvider, ParentNodeProvider)

    def __init__(self, module: cst.Module) -> None:
        super().__init__()
        self.found: list[Change] = []
        self._refusals = _names_that_never_return(module)
        self._words: set[str] = set()

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Note the changes of a node; return whether to go on within it."""
        if isinstance(node, cst.Module):
            self._words = self._only_in_messages(node)
        if isinstance(node, SKIPPED) or _is_documentation(node) or _is_list_of_names(node) or _is_encoding(node):
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                self.found += [
                    (node, changed, self._lines(node), self._is_message(node))
                    for changed in operator(node)
                    if not _differs_in_encoding(node, changed)
                ]
        return True

    def _only_in_messages(self, module: cst.Module) -> set[str]:
        """Return the constants that only messages are made of."""
        made = {name for statement in module.body if (name := _constant(statement))}
        uses: dict[str, list[bool]] = {name: [] for name in made}
        for one in matchers.findall(module, matchers.Name()):
            if one.value in made and not isinstance(self.get_metadata(ParentNodeProvider, one), cst.AssignTarget):
                uses[one.value].append(self._is_message(one))
        return {name for name, found in uses.items() if found and all(found)}

    def _lines(self, node: cst.CSTNode) -> tuple[int, int]:
        """Return the lines of a node and of the simple statement that it is a part of."""
        statement = node
        while not isinstance(statement, cst.SimpleStatementLine | cst.BaseCompoundStatement | cst.Module):
            statement = self.get_metadata(ParentNodeProvider, statement)
        own = self.get_metadata(PositionProvider, node)
        if not isinstance(statement, cst.SimpleStatementLine):
            return own.start.line, own.end.line
        whole = self.get_metadata(PositionProvider, statement)
        return whole.start.line, whole.end.line

    def _is_message(self, node: cst.CSTNode) -> bool:
        """Whether a node is, or is within, an argument of an exception that is raised, or a constant for these."""
        while not isinstance(node, cst.Module):
            if isinstance(node, cst.SimpleStatementLine) and _constant(node) in self._words:
                return True
            parent = self.get_metadata(ParentNodeProvider, node)
            if isinstance(parent, cst.Raise) and isinstance(node, cst.Call):
                return True
            if isinstance(node, cst.Call) and _last_name(node.func) in self._refusals:
                return True
            node = parent
        return False


def _names_that_never_return(module: cst.Module) -> set[str]:
    """Return the functions of a module that do nothing but raise, by their annotation."""
    found = set()

    class Visitor(cst.CSTVisitor):
        def visit_FunctionDef(self, node: cst.FunctionDef) -> None:  # noqa: N802
            returns = node.returns and node.returns.annotation
            if isinstance(returns, cst.Name) and returns.value in NEVER_RETURNS:
                found.add(node.name.value)

    module.visit(Visitor())
    return found


def _constant(statement: cst.CSTNode) -> str:
    """Return the name of the constant that a statement of a module makes, if it makes one."""
    if matchers.matches(
        statement, matchers.SimpleStatementLine([matchers.Assign([matchers.AssignTarget(matchers.Name())])])
    ):
        return statement.body[0].targets[0].target.value
    return ""


def _last_name(function: cst.BaseExpression) -> str:
    while isinstance(function, cst.Attribute):
        function = function.attr
    return function.value if isinstance(function, cst.Name) else ""


def _is_documentation(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString | cst.ConcatenatedString)


def _is_list_of_names(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Assign) and any(
        isinstance(target.target, cst.Name) and target.target.value == "__all__" for target in node.targets
    )


def _is_encoding(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value == "encoding"


def _differs_in_encoding(node: cst.CSTNode, changed: cst.CSTNode) -> bool:
    """Whether a call differs in nothing but `encoding`, which says what is the default where the tests run."""
    if not isinstance(node, cst.Call) or not isinstance(changed, cst.Call):
        return False
    there, then = ([one.value for one in each.args if not _is_encoding(one)] for each in (node, changed))
    return (
        len(node.args) > len(there)
        and len(there) == len(then)
        and all(one.deep_equals(other) for one, other in zip(there, then, strict=True))
        and node.func.deep_equals(changed.func)
    )
