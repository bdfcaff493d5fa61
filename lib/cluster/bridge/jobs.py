"""Keeps the jobs of a cluster up to what was asked for, tells of those that are lost and why, and notes their numbers down, so that what
a crash leaves can be removed later."""
import json
import os
import threading
import time

from batch import GONE, KINDS, is_over, job_states, lpc_schedd
from clusters import log_tail, workers_of


class Jobs:
    """period: seconds between two questions to the batch system; most_lost: jobs in a row that may end without their worker having come;
    state: path of the file with the jobs' numbers; logs: folder of their logs."""

    def __init__(self, bridge, kind, period=10, most_lost=10, state=None, logs=None):
        self.emit = bridge.emit
        self.kind = kind
        self.period = period
        self.most_lost = most_lost
        # Numbers that nobody can ask for or remove are not noted down.
        self.state = state if kind in KINDS else None
        self.logs = logs
        self.lost = 0
        self.ids = {}
        self.accepted = False
        self.why = ""
        self.schedd = None
        self.over = threading.Event()
        self.lock = threading.Lock()

    def begin(self, cluster, client, scale, adapt):
        self.cluster = cluster
        self.client = client
        self.target = scale
        if self.kind == "local":
            self.target = len(cluster.worker_spec)
            threading.Thread(target=self.keep, daemon=True).start()
            return
        if adapt is not None:
            cluster.adapt(**adapt)
        elif scale is not None:
            cluster.scale(scale)
        if hasattr(cluster, "job_cls"):
            threading.Thread(target=self.watch, daemon=True).start()

    def submitted(self, name, id):
        self.accepted = True
        if self.kind == "lpc" and self.schedd is None:
            self.schedd = lpc_schedd(id)
        with self.lock:
            self.ids[name] = id
            self.note()
        self.emit("job", name=name, job=id)

    def refused(self, name, why):
        self.lost += 1
        self.why = f"the batch system refuses the job: {why}"
        self.emit("job-refused", name=name, message=why)
        if not self.accepted:
            self.give_up(self.why)

    def came(self):
        """A worker is there: what was wrong before is so no more."""
        self.lost = 0

    def note(self):
        """Written by renaming: whoever reads it sees all of it."""
        if self.state is None:
            return
        jobs = sorted(set(self.ids.values()))
        schedd = {"schedd": self.schedd} if self.schedd else {}
        text = json.dumps({"kind": self.kind, "pid": os.getpid(), "host": os.uname().nodename, "jobs": jobs, **schedd})
        with open(f"{self.state}.tmp", "w") as file:
            file.write(text)
        os.replace(f"{self.state}.tmp", self.state)

    def stop(self):
        self.over.set()

    def ended(self):
        """All is closed: nothing is left to remove, where the batch system agrees."""
        if self.state is None or not os.path.exists(self.state):
            return
        states = job_states(self.kind, sorted(set(self.ids.values())))
        if states is not None and all(is_over(state) for state in states.values()):
            os.unlink(self.state)

    def give_up(self, message):
        if not self.over.is_set():
            self.over.set()
            self.emit("fatal-cluster", message=message)

    def keep(self):
        """Workers on this machine that ended and did not come again are begun anew."""
        while not self.over.wait(self.period):
            self.cluster.scale(self.target)

    def watch(self):
        began, gone = time.time(), {}
        while not self.over.wait(self.period):
            try:
                self.look(began, gone)
            except Exception as error:
                self.emit("log", message=f"the jobs could not be looked at: {error!r}")

    def look(self, began, gone):
        jobs = {name: str(job.job_id) for name, job in list(self.cluster.workers.items()) if getattr(job, "job_id", None)}
        workers = workers_of(self.client)
        here = {str(worker["name"]) for worker in workers.values()}
        states = job_states(self.kind, list(jobs.values()))
        if states is None:
            return
        # A job of several processes has workers "name-0", "name-1".
        arrived = here | {one.rsplit("-", 1)[0] for one in here if self.cluster_processes() > 1}
        absent = {name: job for name, job in jobs.items() if str(name) not in arrived}
        for name, job in absent.items():
            state = states.get(job, GONE)
            # Seen twice: a worker may be on its way, or its job be known a moment later.
            gone[name] = gone.get(name, 0) + 1 if is_over(state) else 0
            if gone[name] >= 2:
                self.drop(name, job, state)
                del gone[name]
        for name in [name for name in gone if name not in absent]:
            del gone[name]
        for name, job in list(self.cluster.workers.items()):
            if not getattr(job, "job_id", None) and str(name) not in arrived and self.accepted:
                self.client.sync(self.close, name)
        if not workers:
            summary = sorted({states.get(job, GONE) for job in absent.values()})
            self.emit("no-workers", seconds=round(time.time() - began), jobs=len(jobs), states=summary)
        if self.lost < self.most_lost:
            self.cluster.scale(self.target if self.target is not None else len(self.cluster.worker_spec))
        elif not workers:
            self.give_up(f"{self.lost} batch jobs in a row ended before their worker came. The last: {self.why}")

    def cluster_processes(self):
        return getattr(self.cluster, "_job_kwargs", {}).get("processes") or 1

    def drop(self, name, job, state):
        self.lost += 1
        tail = log_tail(self.logs, job)
        self.why = f"job {job}: {state}" + (f"\n{tail}" if tail else "")
        self.emit("job-lost", name=str(name), job=job, state=state, tail=tail)
        self.client.sync(self.close, name)

    async def close(self, name):
        """Forgets a job, and has it removed where it is held; the specification stays, so that it is replaced."""
        job = self.cluster.workers.pop(name, None)
        if job is not None:
            await job.close()
