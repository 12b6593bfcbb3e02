# Runs a task's Python: bootstrap.py INPUTS OUTPUT FAILURE MODULES NAME SOURCE
#   INPUTS   JSON file, becomes the dict `inputs`
#   OUTPUT   gets `result` as JSON
#   FAILURE  gets one line that says why, when it fails
#   MODULES  folder that imports look at first
#   NAME     of the source in tracebacks
#   SOURCE   file with the code
# Python 3.6 or newer.
import json
import linecache
import os
import sys
import traceback
import types


def write(path, text):
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)


def fail(failure, message):
    write(failure, message)
    sys.stdout.flush()
    sys.stderr.flush()


def said(error, name):
    """The last line of the traceback, and where in the task's own code it came from."""
    line = "".join(traceback.format_exception_only(type(error), error)).strip().splitlines()[-1]
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f[0] == name]
    if isinstance(error, SyntaxError) and error.filename == name:
        return "%s (%s:%s)" % (line, os.path.basename(name), error.lineno)
    return "%s (%s:%s)" % (line, os.path.basename(name), frames[-1][1]) if frames else line


def result_as_json(value):
    try:
        return json.dumps(value, allow_nan=False)
    except ValueError as error:
        if "JSON compliant" in str(error):
            raise ValueError("result holds NaN or Infinity, which JSON does not have") from None
        raise ValueError("result is not JSON: %s" % error) from None
    except TypeError as error:
        raise TypeError("result is not JSON: %s" % error) from None
    except RecursionError:
        raise ValueError("result is not JSON: it is nested too deeply") from None


def run(inputs, output, failure, modules, name, source):
    with open(inputs, encoding="utf-8") as file:
        values = json.load(file)
    with open(source, "rb") as file:
        code = file.read()
    if name != source:
        text = code.decode("utf-8")
        linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    main = types.ModuleType("__main__")
    main.__file__ = name
    main.__builtins__ = __builtins__
    main.inputs = values
    sys.modules["__main__"] = main
    sys.argv = [name]
    if hasattr(sys.stdout, "reconfigure"):
        # A line is seen when it is printed, and not when there are many. From Python 3.7 on.
        sys.stdout.reconfigure(line_buffering=True)
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.path and os.path.abspath(sys.path[0]) == here:
        del sys.path[0]
    sys.path.insert(0, modules)
    try:
        exec(compile(code, name, "exec"), main.__dict__)
    except SystemExit as end:
        if end.code not in (None, 0):
            fail(failure, "exited with %s" % (end.code,))
            raise
    except BaseException as error:
        # The first frame is this file's.
        error.__traceback__ = error.__traceback__.tb_next
        traceback.print_exception(type(error), error, error.__traceback__)
        fail(failure, said(error, name))
        return 1
    if not hasattr(main, "result") and os.path.exists(output):
        return 0  # The code left its output in $MAHAVISHNU_OUTPUT by itself.
    try:
        write(output, result_as_json(getattr(main, "result", None)))
    except (TypeError, ValueError) as error:
        print(error, file=sys.stderr)
        fail(failure, str(error))
        return 1
    return 0


for stream in (sys.stdout, sys.stderr):
    if hasattr(stream, "reconfigure"):
        # A pipe is not a terminal: without this, lines would come in blocks, and by the locale.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
sys.exit(run(*sys.argv[1:]))
