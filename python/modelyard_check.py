"""Looks at the code of tasks before any of them runs: what cannot be parsed, names that nothing defines, what is missing in
the environment. A line for each fault; nothing is run.
"""

import ast
import builtins
import importlib.util
import re
import sys

# What a kernel of IPython has besides.
GIVEN = set(
    "display get_ipython exit quit In Out _ __ ___ __file__ __name__ __doc__ __builtins__ __class__ __annotations__".split()
)
# Code that can define any name.
DYNAMIC = {"exec", "eval", "globals", "locals", "vars", "get_ipython"}
MAGIC = re.compile(r"^\s*[%!?]")


def run_check(task, failure):
    faults = [*missing_modules(task["needs"])]
    faults += missing_functions(task["functions"])
    faults += missing_kernels(task["kernels"])
    for source in task["sources"]:
        faults += faults_of(source)
    if faults:
        raise failure("\n".join(faults))


def missing_modules(needs):
    missing = [need for need in needs if importlib.util.find_spec(need["module"]) is None]
    if not missing:
        return
    names = " ".join(need["module"] for need in missing)
    yield (
        f"{missing[0]['task']} needs {names}, which {sys.executable} does not have. "
        f"Install it: {sys.executable} -m pip install {names}\n"
        'Or let the pipeline have an environment of its own: "environment: uv" in its file, and a requirements.txt.'
    )


def missing_functions(functions):
    for one in functions:
        package = one["function"].split(".")[0]
        if importlib.util.find_spec(package) is None:
            yield f"{one['task']}: there is no module {package} for {one['function']}, in its folder or installed."


def missing_kernels(kernels):
    if not kernels or importlib.util.find_spec("jupyter_client") is None:
        return
    from jupyter_client.kernelspec import find_kernel_specs

    known = find_kernel_specs()
    for one in kernels:
        if one["kernel"] not in known:
            yield f"{one['task']}: there is no kernel {one['kernel']}. There are: {', '.join(sorted(known)) or 'none'}."


def faults_of(source):
    name, file = source["name"], source["file"]
    if "cells" not in source:
        with open(file, encoding="utf-8") as text:
            return list(syntax_faults(name, file, text.read(), 1))
    trees, faults, is_plain = [], [], True
    for at, cell in enumerate(one for one in source["cells"] if one["isCode"]):
        text = cell["text"]
        if any(MAGIC.match(line) for line in text.split("\n")):
            # What magics make of a cell is theirs to say.
            is_plain = False
            continue
        where = f"{file}, cell {at + 1}" if file.endswith(".ipynb") else file
        faults += syntax_faults(name, where, text, cell["line"], trees)
    if faults or not is_plain or not source["names"]:
        return faults
    return list(undefined_names(name, file, trees, set(source["given"])))


def syntax_faults(name, where, text, line, trees=None):
    try:
        tree = compile("\n" * (line - 1) + text, where, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        if trees is not None:
            trees.append(tree)
    except SyntaxError as error:
        code = (error.text or "").rstrip()
        yield f"{name}: {where}, line {error.lineno}: {error.msg}" + (f": {code.strip()}" if code else ".")


def undefined_names(name, file, trees, defined):
    defined |= set(dir(builtins)) | GIVEN
    used = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                used.setdefault(node.id, node.lineno)
            else:
                defined.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            defined.add(node.name)
        elif isinstance(node, ast.arg):
            defined.add(node.arg)
        elif isinstance(node, ast.alias):
            if node.name == "*":
                return
            defined.add(node.asname or node.name.split(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            defined.add(node.name)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            defined.update(node.names)
        else:
            # Patterns of match and parameters of types bind names that are no ast.Name.
            defined.update(value for field in ("name", "rest") if isinstance(value := getattr(node, field, None), str))
    if DYNAMIC & set(used):
        return
    for undefined, line in used.items():
        if undefined not in defined:
            yield f"{name}: {file}, line {line}: nothing defines {undefined}."
