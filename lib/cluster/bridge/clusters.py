"""The cluster of each kind, from the class that the facility's users have."""
import importlib
import os
import re
import runpy

CLASSES = {
    "local": ("distributed", "LocalCluster", "distributed"),
    "slurm": ("dask_jobqueue", "SLURMCluster", "dask-jobqueue"),
    "condor": ("dask_jobqueue", "HTCondorCluster", "dask-jobqueue"),
    "lxplus": ("dask_lxplus", "CernCluster", "dask-lxplus"),
    "lpc": ("lpcjobqueue", "LPCCondorCluster", "git+https://github.com/CoffeaTeam/lpcjobqueue.git"),
    "casa": ("coffea_casa", "CoffeaCasaCluster", "coffea-casa"),
}


class Refused(Exception):
    """What the user asked for cannot be had; its text says what to do."""


def cluster_class(kind, python):
    """The class, or function, that makes a cluster of that kind, and the kind as which its jobs are watched."""
    if kind.startswith("python:"):
        path, name = kind[len("python:") :].rsplit(":", 1)
        try:
            made = runpy.run_path(path)[name]
        except KeyError:
            raise Refused(f"{path} has no {name}") from None
        except Exception as error:
            raise Refused(f"{path} cannot be run: {type(error).__name__}: {error}") from None
        return made, getattr(made, "kind", "python")
    module, name, package = CLASSES[kind]
    try:
        return getattr(importlib.import_module(module), name), kind
    except ImportError as error:
        raise Refused(f"this Python cannot import {module} ({error}). Install it: {python} -m pip install {package}") from None
    except Exception as error:
        raise Refused(f"{module} cannot be used here: {type(error).__name__}: {error}") from None


def watch_submissions(cluster, on_submitted, on_refused):
    """Has the jobs of a cluster, whoever made it, tell what becomes of their submission: dask-jobqueue says so in a log that nobody
    reads."""
    made = getattr(cluster, "new_spec", {}).get("cls")
    if not hasattr(cluster, "job_cls") or not isinstance(made, type):
        return

    class Job(made):
        async def start(self):
            try:
                await super().start()
            except Exception as error:
                on_refused(str(self.name), submission_error(error))
                raise
            on_submitted(str(self.name), str(self.job_id))

    Job.__name__ = made.__name__
    cluster.new_spec["cls"] = Job


def workers_of(client):
    """All of them, by address: since 2025.4, Dask gives five unless asked for more."""
    try:
        return client.scheduler_info(-1)["workers"]
    except TypeError:
        return client.scheduler_info()["workers"]


def submission_error(error):
    """The batch system's words, out of what dask-jobqueue wraps them in."""
    text = str(error)
    found = re.search(r"stderr:\n(.*)", text, re.DOTALL)
    words = found.group(1).strip() if found else text.strip()
    return words or type(error).__name__


def log_tail(folder, job, limit=1500):
    """The last lines of a job's own log: the newest of the files in the folder whose name has its number."""
    if not folder or not os.path.isdir(folder):
        return ""
    number = re.compile(rf"(?<!\d){re.escape(job)}(?!\d)")
    tails = []
    for name in os.listdir(folder):
        if number.search(name) and not name.endswith(".log"):
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                file.seek(max(0, os.path.getsize(path) - limit))
                text = file.read().decode(errors="replace").strip()
            if text:
                tails.append(f"{path}: {text}")
    return "\n".join(tails)
