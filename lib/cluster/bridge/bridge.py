"""The bridge between tnp-pipe and Dask: the only Python that is shipped. Dask schedules, retries and scales; each of its threads hands its
tasks to a long-lived Node process, which does the work.

    driver (Node) <--stdin/stdout--> this process <--Dask--> workers <--pipes--> Node workers

A message is one line of JSON, followed by raw bytes where it has "payload": their number. Needs `distributed`, and the package of the
facility where one is asked for. The end of stdin closes everything down.

    bridge.py        messages, tasks            node_workers.py  the plugin of workers
    clusters.py      cluster of a kind          program.py       Node and the program, for workers that lack them
    jobs.py, batch.py  jobs that are lost, held, refused"""
import asyncio
import functools
import json
import logging
import os
import signal
import sys
import threading
import time
import traceback
import uuid
import warnings
from concurrent.futures import ThreadPoolExecutor


def fail(message):
    sys.stdout.write(json.dumps({"event": "fatal", "message": message}) + "\n")
    sys.stdout.flush()
    os._exit(1)


try:
    import cloudpickle
    import dask
    from distributed import Client, get_worker
except ImportError as error:
    fail(f"this Python ({sys.executable}) has no Dask ({error}). Install it: {sys.executable} -m pip install distributed")

import node_workers
import program
from clusters import Refused, cluster_class, watch_submissions, workers_of
from jobs import Jobs
from node_workers import TOPIC, NodeWorkers, archive_handler
from program import ProgramFiles, ProgramStore

# Workers have none of these modules.
cloudpickle.register_pickle_by_value(node_workers)
cloudpickle.register_pickle_by_value(program)


# Dask sends functions of this very module by value; those of others it would want to import.
def given(blob):
    """Bytes as the result of a task: Dask makes them again where a worker that held them is gone."""
    return blob


def run_task(run, task, id, head, spec, chunks):
    worker, began = get_worker(), time.time()
    plugin = worker.plugins[run]
    plugin.tell("started", id=id)
    answer, blob = plugin.call(head, [spec, chunks], task)
    seconds = time.time() - began
    # Goes ahead of the result, which stays here until the driver asks for it.
    plugin.tell("cost", task=task, bytes=len(blob), seconds=seconds)
    return {**answer, "worker": worker.address, "host": os.uname().nodename, "seconds": seconds}, blob


class Bridge:
    def __init__(self):
        # Nothing else may print on the stream of events.
        self.out = os.fdopen(os.dup(1), "wb", 0)
        os.dup2(2, 1)
        self.lock = threading.Lock()
        self.packing = threading.Lock()
        self.changed = threading.Event()
        self.futures = {}
        self.costs = {}
        self.direct = None
        # A scheduler may have tasks of several drivers, on several hosts.
        self.name = f"tnp-{uuid.uuid4().hex[:8]}"
        # Results wait for the driver to read: not in the event loop, which may be the scheduler's as well.
        self.results = ThreadPoolExecutor(1)
        self.specs = {}
        self.cluster = None
        self.client = None
        self.kind = ""
        self.jobs = None
        self.report = None
        self.archives = {}
        self.program = None
        self.registered = False

    def emit(self, event, blob=b"", **fields):
        size = {"payload": len(blob)} if len(blob) > 0 else {}
        with self.lock:
            self.out.write(json.dumps({"event": event, **fields, **size}).encode() + b"\n")
            view, done = memoryview(blob), 0
            while done < len(view):
                done += self.out.write(view[done:])

    def op_cluster(self, kind, args, node, program, scale=None, adapt=None, report=None, jobs=None, **_):
        self.kind = kind
        self.program = ProgramFiles(**program)
        # Here, a worker that is begun again keeps its place; on a batch system its job is replaced soon.
        dask.config.set({"distributed.deploy.lost-worker-timeout": "60s" if kind == "local" else "5s"})
        if "://" in kind:
            # Certificates for tls:// are those of Dask's own configuration.
            self.client = Client(kind, timeout=30)
        else:
            made, self.kind = cluster_class(kind, sys.executable)
            self.jobs = Jobs(self, self.kind, **(jobs or {}))
            try:
                self.cluster = made(**args)
            except TypeError as error:
                raise Refused(f"{getattr(made, '__name__', kind)}: {error}") from None
            if isinstance(self.cluster, Client):
                self.client, self.cluster = self.cluster, None
            else:
                watch_submissions(self.cluster, self.jobs.submitted, self.jobs.refused)
                self.client = Client(self.cluster)
        # Ours, and of Dask: workers that come and go.
        self.client.subscribe_topic(TOPIC, self.worker_event)
        self.client.subscribe_topic("all", self.scheduler_event)
        self.client.register_plugin(ProgramStore(archive_handler(self.name), {}))
        self.client.register_plugin(NodeWorkers(self.name, **node))
        self.registered = True
        if report is not None:
            self.begin_report(report)
        script = self.cluster.job_script() if hasattr(self.cluster, "job_script") else None
        self.emit("cluster", dashboard=self.client.dashboard_link, scheduler=self.client.scheduler.address, script=script)
        self.changed.set()
        threading.Thread(target=self.count_workers, daemon=True).start()
        if self.jobs is not None and self.cluster is not None:
            self.jobs.begin(self.cluster, self.client, scale, adapt)

    def begin_report(self, path):
        from distributed import performance_report

        try:
            import bokeh  # noqa: F401
        except ImportError as error:
            raise Refused(f"--performance-report wants bokeh ({error}). Install it: {sys.executable} -m pip install bokeh") from None
        self.report = performance_report(filename=path)
        self.report.__enter__()

    def end_report(self):
        try:
            self.report.__exit__(None, None, None)
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            self.say("warning", message=f"--performance-report: Dask {dask.__version__} cannot write it with the bokeh that is here ({why})")

    def worker_event(self, event):
        fields = dict(event[1])
        if fields.pop("run") != self.name:
            return  # Another driver's.
        name = fields.pop("event")
        if name == "cost":
            self.costs[fields["task"]] = {"bytes": fields["bytes"], "seconds": fields["seconds"]}
            return
        if name == "wants":
            # Not on the thread of Dask's loop: packing takes a second or two.
            threading.Thread(target=self.provide, args=(fields["name"],), daemon=True).start()
            return
        if name == "unfit" and self.cluster is not None:
            threading.Thread(target=self.retire, args=(fields["worker"],), daemon=True).start()
        self.emit(name, **fields)

    def provide(self, name):
        with self.packing:
            if name in self.archives:
                return
            self.archives[name] = self.program.pack(name)
            self.client.register_plugin(ProgramStore(archive_handler(self.name), dict(self.archives)))
        self.emit("shipped", name=name, bytes=len(self.archives[name]))

    def retire(self, worker):
        try:
            self.client.retire_workers([worker])
        except Exception as error:
            self.emit("log", message=f"{worker} could not be retired: {error!r}")

    def scheduler_event(self, event):
        action = event[1].get("action")
        if action not in ("add-worker", "remove-worker"):
            return
        if action == "add-worker" and self.jobs is not None:
            self.jobs.came()
        if action == "remove-worker":
            fields = event[1]
            tasks = [str(key) for key in fields.get("processing-tasks", [])]
            self.emit("worker-left", worker=fields.get("worker"), expected=bool(fields.get("expected")), tasks=len(tasks))
        self.changed.set()

    def count_workers(self):
        """On a thread of its own: on that of Dask's loop, which brings the events, nothing can be asked."""
        while True:
            self.changed.wait()
            self.changed.clear()
            try:
                workers = workers_of(self.client)
            except Exception:
                return  # Closed.
            self.emit("workers", count=len(workers), threads=sum(worker["nthreads"] for worker in workers.values()))

    def op_spec(self, key, payload, **_):
        self.specs[key] = self.client.submit(given, payload, key=f"{self.name}-spec-{key}", pure=False)

    def op_task(self, id, key, payload, retries, head=None, **_):
        name = f"{self.name}-{id}"
        future = self.client.submit(
            run_task, self.name, name, id, {"key": key, **(head or {})}, self.specs[key], payload, key=name, retries=retries, pure=False
        )
        self.futures[id] = future
        future.add_done_callback(lambda done: self.done(id, done))

    def done(self, id, future):
        try:
            if future.status == "finished":
                self.emit("done", id=id, **self.costs.pop(future.key, {}))
            elif future.status == "error":
                self.futures.pop(id, None)
                error = future.exception()
                self.emit("failed", id=id, type=type(error).__name__, message=str(error))
            elif future.status in ("lost", "pending"):
                # Its worker went away before the result was read: Dask makes it again.
                future.add_done_callback(lambda done: self.done(id, done))
        except Exception as error:
            self.emit("failed", id=id, type="bridge", message=repr(error))

    def op_fetch(self, id, **_):
        asyncio.run_coroutine_threadsafe(self.fetch(id), self.client.loop.asyncio_loop)

    async def fetch(self, id):
        future = self.futures.get(id)
        if future is None:  # cancelled meanwhile
            return
        try:
            if self.direct is None:
                self.direct = asyncio.ensure_future(self.reach())
            head, blob = await self.client.gather(future, direct=await self.direct, asynchronous=True)
            emit = functools.partial(self.emit, "finished", blob, id=id, **head)
        except Exception as error:
            if id not in self.futures:
                return
            emit = functools.partial(self.emit, "failed", id=id, type=type(error).__name__, message=str(error))
        self.futures.pop(id, None)
        self.results.submit(emit)

    async def reach(self):
        """Whether workers can be asked for results, which otherwise pass through the scheduler. A scheduler in this process stands where
        this process does."""
        if self.cluster is not None:
            return True
        try:
            workers = await self.client.scheduler.identity()
            await asyncio.wait_for(self.client.rpc(next(iter(workers["workers"]))).identity(), 5)
            return True
        except Exception:
            return False

    def op_cancel(self, ids, **_):
        self.client.cancel([self.futures.pop(id) for id in ids if id in self.futures], force=True)

    def close(self):
        if self.jobs is not None:
            self.jobs.stop()
        steps = []
        if self.report is not None:
            steps.append(self.end_report)
        if self.registered and self.cluster is None:
            # A scheduler that is shared outlives this run.
            steps.append(lambda: self.client.unregister_worker_plugin(self.name))
            # In its place one that holds nothing: the scheduler keeps what it gives out otherwise.
            handler = archive_handler(self.name)
            steps.append(lambda: self.client.register_plugin(ProgramStore(handler, {})))
            steps.append(lambda: self.client.unregister_scheduler_plugin(handler))
        steps += [one.close for one in (self.client, self.cluster) if one is not None]
        for step in steps:
            try:
                step()
            except Exception:
                self.say("log", message=f"at the end: {traceback.format_exc()}")
        if self.jobs is not None:
            self.jobs.ended()
        self.say("closed")

    def say(self, event, **fields):
        """To a driver that may be gone."""
        try:
            self.emit(event, **fields)
        except OSError:
            pass

    def messages(self):
        for line in sys.stdin.buffer:
            message = json.loads(line)
            size = message.pop("payload", 0)
            if size > 0:
                message["payload"] = sys.stdin.buffer.read(size)
            yield message

    def run(self):
        # The driver decides: Ctrl-C must not end this process before it has cleaned up.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        warnings.simplefilter("ignore")
        for name in ("distributed", "dask_jobqueue", "tornado", "asyncio", "lpcjobqueue"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self.emit("ready", python=sys.version.split()[0], dask=dask.__version__)
        try:
            for message in self.messages():
                operation = message.pop("op")
                if operation == "close":
                    break
                try:
                    getattr(self, f"op_{operation}")(**message)
                except Refused as error:
                    self.emit("error", message=str(error), operation=operation)
                except Exception as error:
                    fields = {"id": message["id"]} if "id" in message else {}
                    self.emit("error", message=f"{type(error).__name__}: {error}", operation=operation, **fields)
        except SystemExit:
            pass
        finally:
            self.close()

    @staticmethod
    def stop(*_):
        raise SystemExit


if __name__ == "__main__":
    Bridge().run()
    os._exit(0)
