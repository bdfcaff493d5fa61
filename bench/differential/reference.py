"""Runs of the reference (egamma-tnp) on request: imports it once, then forks a child for each job.

Lines on stdin are jobs as JSON: {"id", "folder", "out", "options": {...}, "mend": [...], "seconds"}. `folder` holds runner.json, fileset.json
and, where there are, settings.json and binning.json; its files are read from the working directory. A line on stdout answers each:
{"id", "status": "done" | "refused" | "timeout" | "crashed", "error", "mended": [...], "differences": [...], "seconds"}. Where the job has
"ours", a folder of outputs, `differences` are those of the two folders.

`mend` asks for the reference with faults repaired, by the numbers of mends.py; `mended` are those whose repair changed what ran.
"""

import argparse
import gc
import json
import os
import select
import signal
import sys
import tempfile
import time
import traceback
import warnings

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import getpass  # noqa: E402
import itertools  # noqa: E402

# The reference mirrors its binning in a file in /tmp that bears the user's name, which other runs share: give each process its own.
getpass.getuser = lambda: f"differential-{os.getpid()}"

import compare  # noqa: E402
import dask  # noqa: E402
import dask_awkward  # noqa: E402
import dask_histogram.boost  # noqa: E402
import dask_histogram.core  # noqa: E402
import mends  # noqa: E402
from egamma_tnp.config import binning  # noqa: E402
from egamma_tnp.utils import runner_utils  # noqa: E402

# Names of tasks are hashes of pickles of all that they work on, half of the time of a small job: numbers do as well. (What two methods
# share is then computed twice.)
NUMBERS = itertools.count()
for module in (dask.base, dask_awkward.lib.core, dask_awkward.lib.operations, dask_awkward.lib.structure, dask_histogram.core, dask_histogram.boost):
    module.tokenize = lambda *args, **kwargs: f"{next(NUMBERS):032x}"

binning.save_user_config = lambda: None
os.unlink(binning.runtime_filename)


def run(job):
    """What the reference's main() does for a local executor, without its checks of ports and proxies."""
    folder, options = job["folder"], job.get("options", {})

    def document(name):
        path = os.path.join(folder, f"{name}.json")
        return path if os.path.exists(path) else None

    utils = mends.mended_utils(runner_utils, job.get("mend", []))
    config = utils.load_json(document("runner"))
    settings_path = document("settings")
    settings = mends.settings(settings_path, config, job.get("mend", []), utils)
    args = argparse.Namespace(
        config=document("runner"),
        settings=settings_path,
        fileset=document("fileset"),
        binning=document("binning"),
        output=job["out"],
        executor="sync",
        limit=options.get("limit"),
        skip_report=options.get("skip_report", False),
        repartition_n_to_one=options.get("repartition"),
        preprocess=False, cores=1, memory="4GB", disk="4GB", scaleout=100, adaptive=True, voms=None, port=None,
        dashboard_address=None, jobflavour=None, queue=None, walltime=None, log_directory=None, debug=False,
        print_necessary_columns=False,
    )
    args = utils.merge_settings_with_args(args, settings)
    if args.binning:
        utils.set_binning(utils.load_json(args.binning))
    fileset = utils.load_json(args.fileset)
    if args.limit == 0:
        raise ValueError("Limit cannot be 0")
    if args.limit is not None:
        for dataset in fileset:
            fileset[dataset]["files"] = dict(list(fileset[dataset]["files"].items())[: args.limit])
    mends.fileset(fileset, config, job.get("mend", []))
    instance = utils.initialize_class(config, args, fileset)
    to_compute = utils.run_methods(instance, config["methods"])
    to_compute = utils.process_to_compute(to_compute, args.output, args.repartition_n_to_one, args.skip_report)
    (out,) = dask.compute(to_compute, scheduler="sync")
    utils.process_out(out, args.output)


def warm_up():
    """What is imported and compiled at its first use, once for all children."""
    folder = os.path.join("fixtures", "config", "workflows")
    for name in ("electron-nanoaod", "scale-smearing"):
        with tempfile.TemporaryDirectory() as out:
            run({"folder": os.path.join(folder, name), "out": out})
    binning.reset_all()
    gc.collect()
    gc.freeze()
    gc.disable()


def child(job, write):
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    answer = {"status": "done", "error": None}
    try:
        if "out" in job:
            run(job)
    except BaseException as error:  # noqa: BLE001
        trace = traceback.extract_tb(error.__traceback__)
        at = [f"{os.path.basename(f.filename)}:{f.lineno}" for f in trace][-4:]
        answer = {"status": "refused", "error": f"{type(error).__name__}: {str(error)[:600]}", "at": at}
    answer["mended"] = sorted(mends.fired)
    if answer["status"] == "done" and job.get("ours"):
        try:
            answer["differences"] = compare.folders(job["ours"], job["out"])
        except BaseException as error:  # noqa: BLE001
            answer = {**answer, "status": "crashed", "error": f"comparing: {type(error).__name__}: {error}"}
    os.write(write, json.dumps(answer).encode())
    os._exit(0)


def serve(job):
    read, write = os.pipe()
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        child(job, write)
    os.close(write)
    text, left = b"", job.get("seconds", 60)
    while True:
        ready, _, _ = select.select([read], [], [], max(0, started + left - time.monotonic()))
        if not ready:
            os.kill(pid, signal.SIGKILL)
            answer = {"status": "timeout", "error": f"no answer in {left} s", "mended": []}
            break
        piece = os.read(read, 65536)
        if not piece:
            answer = json.loads(text) if text else {"status": "crashed", "error": "the process died", "mended": []}
            break
        text += piece
    os.close(read)
    _, _, usage = os.wait4(pid, 0)
    cpu = usage.ru_utime + usage.ru_stime
    return {"id": job["id"], **answer, "seconds": round(time.monotonic() - started, 3), "cpu": round(cpu, 3)}


def main():
    warm_up()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        print(json.dumps(serve(json.loads(line))), flush=True)


main()
