"""Runs one task of a pipeline: a function, a script, a notebook or a query, and the function that checks its products.

Called with the task as a file of JSON. What goes wrong is left in the file that the task names, for whoever started
this to tell. Nothing of Modelyard's is needed in the environment; only what a task needs is imported.
"""

import importlib
import importlib.util
import inspect
import json
import os
import sys
import traceback
import types
from pathlib import Path

HERE = os.path.dirname(os.path.abspath(__file__))


class TaskFailure(Exception):
    """The message says all; a traceback adds nothing."""


def main(file):
    with open(file, encoding="utf-8") as source:
        task = json.load(source)
    # What lies beside this file is not the user's to import by chance.
    sys.path[:] = [path for path in sys.path if os.path.abspath(path or ".") != HERE]
    sys.path[:0] = task["path"]
    try:
        run(task)
    except SystemExit as exit:
        if exit.code not in (None, 0):
            fail(task, exit.code if isinstance(exit.code, str) else f"It ended with exit code {exit.code}.")
    except TaskFailure as error:
        fail(task, str(error))
    except BaseException as error:
        fail(task, told(error))


def fail(task, message):
    with open(task["error"], "w", encoding="utf-8", errors="backslashreplace") as out:
        out.write(message)
    sys.exit(1)


def told(error):
    """Its traceback from the first frame that is the user's."""
    trace = error.__traceback__
    while trace and os.path.dirname(os.path.abspath(trace.tb_frame.f_code.co_filename)) == HERE:
        trace = trace.tb_next
    return "".join(traceback.format_exception(type(error), error, trace)).rstrip()


def run(task):
    kind = task["run"]
    if kind == "function":
        run_function(task)
    elif kind == "script":
        run_script(task)
    elif kind == "notebook":
        sibling("modelyard_notebook").run_notebook(task, TaskFailure)
    elif kind == "check":
        sibling("modelyard_check").run_check(task, TaskFailure)
    elif kind == "sql":
        sibling("modelyard_sql").run_sql(task, client_of(task), TaskFailure)
    for hook in task["hooks"]:
        check_products(task)
        run_hook(task, hook)


def sibling(name):
    """A module that lies beside this one."""
    spec = importlib.util.spec_from_file_location(name, os.path.join(HERE, f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load(dotted, what):
    module, _, name = dotted.rpartition(".")
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name and (module == error.name or module.startswith(error.name + ".")):
            raise TaskFailure(
                f"{what} {dotted}: there is no module {error.name} in {', '.join(sys.path[:2])} or among what is installed."
            ) from None
        raise
    if not hasattr(found, name):
        raise TaskFailure(f"{what} {dotted}: there is no {name} in {getattr(found, '__file__', module)}.")
    return getattr(found, name)


def paths(product):
    """A path, or paths by their keys; the name of a relation stays the text that it is."""
    if isinstance(product, dict):
        return {key: paths(value) for key, value in product.items()}
    return Path(product) if os.path.isabs(product) else product


def upstream_of(task):
    return {name: paths(product) for name, product in task["upstream"].items()}


def client_of(task):
    client = task.get("client")
    if client and "function" in client:
        return load(client["function"], "client")(**client["params"])
    return client and client["uri"]


def asked(function, values, params, what):
    """Those of the values that the function has arguments for, and all params."""
    parameters = inspect.signature(function).parameters
    takes_any = any(one.kind is one.VAR_KEYWORD for one in parameters.values())
    unknown = [] if takes_any else [name for name in params if name not in parameters]
    if unknown:
        raise TaskFailure(f"{what} has no argument {', '.join(unknown)}; it has {', '.join(parameters) or 'none'}.")
    lazy = {name: value for name, value in values.items() if name in parameters and name not in params}
    return {**{name: value() for name, value in lazy.items()}, **params}


def run_function(task):
    function = load(task["source"], "source")
    serializer = task.get("serializer") and load(task["serializer"], "serializer")
    unserializer = task.get("unserializer") and load(task["unserializer"], "unserializer")
    product = paths(task["product"])

    def upstream():
        given = upstream_of(task)
        return {name: unserializer(value) for name, value in given.items()} if unserializer else given

    values = {"product": lambda: product, "upstream": upstream, "client": lambda: client_of(task)}
    result = function(**asked(function, values, task["params"], task["source"]))
    if serializer:
        if result is None:
            raise TaskFailure(f"{task['source']} returned nothing, and its serializer needs something to write.")
        serializer(result, product)
    elif "product" not in inspect.signature(function).parameters:
        pickle_result(task, result, product)


def pickle_result(task, result, product):
    if result is None or isinstance(product, dict):
        raise TaskFailure(f"{task['source']} has no argument product. Give it one, or return what a serializer writes.")
    import pickle

    with open(product, "wb") as out:
        pickle.dump(result, out)


def run_script(task):
    """As Python runs a script, with the task's values set after its parameters."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    sys.argv = [task["source"]]
    module.__dict__.update(__file__=task["source"], __builtins__=__builtins__)
    values = {**task["params"], "upstream": task["upstream"] or None, "product": task["product"]}
    cells = [cell for cell in task["cells"] if cell["isCode"]]
    if not any("parameters" in cell["tags"] for cell in cells):
        module.__dict__.update(values)
    for cell in cells:
        # Empty lines before it give its lines the numbers that they have in the file.
        code = compile("\n" * (cell["line"] - 1) + cell["text"], task["source"], "exec")
        exec(code, module.__dict__)
        if "parameters" in cell["tags"]:
            module.__dict__.update(values)


def check_products(task):
    missing = [file for file in task["files"] if not os.path.exists(file)]
    if missing:
        raise TaskFailure(f"It ended without making {', '.join(missing)}.")


def run_hook(task, hook):
    function = load(hook["function"], hook["name"])
    product, upstream = paths(task["product"]), upstream_of(task)
    values = {
        "product": lambda: product,
        "upstream": lambda: upstream,
        "params": lambda: task["params"],
        "client": lambda: client_of(task),
        "task": lambda: types.SimpleNamespace(
            name=task["name"], source=task["source"], product=product, upstream=upstream, params=task["params"]
        ),
    }
    try:
        function(**asked(function, values, hook["params"], hook["function"]))
    except TaskFailure:
        raise
    except Exception as error:
        raise TaskFailure(f"{hook['name']} {hook['function']} failed.\n{told(error)}") from None


if __name__ == "__main__":
    main(sys.argv[1])
