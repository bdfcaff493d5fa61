/** The program of the child process of python-filter.ts. Kept as text, so that it travels with the joined programs. */
export const PYTHON_FILTER_SCRIPT = `
import base64, importlib.util, json, os, sys, warnings

warnings.filterwarnings("ignore")
replies = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what the filter prints goes to stderr
loaded = {}


def function(path, name):
    if (path, name) not in loaded:
        if not os.path.exists(path):
            raise RuntimeError(f'file "{path}" not found. The path is relative to the working directory.')
        spec = importlib.util.spec_from_file_location("tnp_extra_filter", path)
        module = importlib.util.module_from_spec(spec)
        sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
        spec.loader.exec_module(module)
        if not callable(getattr(module, name, None)):
            raise RuntimeError(f'the file has no function "{name}"')
        loaded[path, name] = getattr(module, name)
    return loaded[path, name]


def coffea():
    try:
        import awkward, coffea.nanoevents, numpy
    except ImportError as error:
        raise RuntimeError(f"{sys.executable} cannot run Python filters: {error}. Install coffea there, or name another Python in TNP_PYTHON. tnp-pipe doctor tells what is here.")
    return awkward, coffea.nanoevents, numpy


def answer(q):
    ak, nanoevents, np = coffea()
    run = function(q["path"], q["name"])
    if q.get("check"):
        return {}
    schema = nanoevents.NanoAODSchema if q["schema"] == "NanoAOD" else nanoevents.BaseSchema
    events = nanoevents.NanoEventsFactory.from_root(
        {q["file"]: q["tree"]}, schemaclass=schema, entry_start=q["start"], entry_stop=q["stop"], metadata=q["metadata"]
    ).events()
    events["tnp_row"] = np.arange(len(events), dtype="<i4")
    kept = run(events, **q["args"])
    try:
        rows = np.asarray(kept["tnp_row"], dtype="<i4")
    except Exception as error:
        raise RuntimeError(f"must return events, got {type(kept).__name__} ({error})")
    return {"kept": base64.b64encode(rows.tobytes()).decode()}


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:
        reply = {"error": str(error) if type(error) is RuntimeError else f"{type(error).__name__}: {error}"}
    replies.write(json.dumps(reply) + "\\n")
    replies.flush()
`
