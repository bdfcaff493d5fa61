"""The bridge between tnp-pipe and Dask: the only Python that is shipped. Dask schedules, retries and scales; each of its threads hands its
tasks to a long-lived Node process, which does the work.

    driver (Node) <--stdin/stdout--> this process <--Dask--> workers <--pipes--> Node workers

A message is one line of JSON, followed by raw bytes where it has "payload": their number. Needs `distributed`, and the package of the
facility where one is asked for. The end of stdin closes everything down."""
import asyncio
import functools
import json
import logging
import os
import signal
import struct
import subprocess
import sys
import threading
import time
import traceback
import uuid
from concurrent.futures import ThreadPoolExecutor

PLUGIN = "tnp-pipe-node"
TOPIC = "tnp-pipe"


def fail(message):
    sys.stdout.write(json.dumps({"event": "fatal", "message": message}) + "\n")
    sys.stdout.flush()
    os._exit(1)


try:
    import dask
    from distributed import Client, Reschedule, WorkerPlugin, get_worker
except ImportError as error:
    fail(f"this Python ({sys.executable}) has no Dask ({error}). Install it: {sys.executable} -m pip install distributed")


class NodeWorkers(WorkerPlugin):
    """One Node process a thread of the Dask worker, begun when it is needed. It dies with the Dask worker, and is killed when it takes
    more memory than its share: Dask does not see the memory of child processes."""

    name = PLUGIN

    def __init__(self, argv, env, memory, cwd):
        self.argv = argv
        self.env = env
        self.memory = memory
        self.cwd = cwd

    def setup(self, worker):
        self.worker = worker
        self.idle = []
        self.processes = set()
        self.lock = threading.Lock()
        # The signal of the parent's death follows the thread that forked, so that thread must live as long as the worker.
        self.spawner = ThreadPoolExecutor(1)
        self.stopping = threading.Event()
        threading.Thread(target=self.watch, daemon=True).start()
        found = subprocess.run([self.argv[0], "--version"], capture_output=True, text=True)
        if found.returncode != 0:
            raise RuntimeError(f"{self.argv[0]} does not run on {os.uname().nodename}: {found.stderr[-500:]}")

    def teardown(self, worker):
        self.stopping.set()
        for process in list(self.processes):
            process.kill()

    def transition(self, key, start, finish, **kwargs):
        if finish in ("cancelled", "released", "forgotten"):
            for process in list(self.processes):
                if process.task == str(key):
                    process.why = "cancelled"
                    process.kill()

    def watch(self):
        page = os.sysconf("SC_PAGE_SIZE")
        while not self.stopping.wait(0.25):
            for process in list(self.processes):
                try:
                    with open(f"/proc/{process.pid}/statm") as statm:
                        resident = int(statm.read().split()[1]) * page
                except (OSError, IndexError):
                    continue
                process.peak = max(process.peak, resident)
                if self.memory and resident > self.memory:
                    process.why = "memory"
                    process.kill()

    def spawn(self):
        import ctypes

        libc = ctypes.CDLL(None)
        process = subprocess.Popen(
            self.argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **self.env},
            # Names of files are relative to the driver's folder, where workers have it.
            cwd=self.cwd if os.path.isdir(self.cwd) else self.worker.local_directory,
            # PR_SET_PDEATHSIG, SIGKILL
            preexec_fn=lambda: libc.prctl(1, 9),
        )
        process.peak, process.why, process.task, process.tail = 0, None, None, []

        def drain():
            for line in process.stderr:
                process.tail = (process.tail + [line.decode(errors="replace")])[-20:]

        process.drain = threading.Thread(target=drain, daemon=True)
        process.drain.start()
        self.processes.add(process)
        return process

    def call(self, head, blobs, task):
        with self.lock:
            process = self.idle.pop() if self.idle else None
        if process is None or process.poll() is not None:
            process = self.spawner.submit(self.spawn).result()
        process.task = task
        try:
            text = json.dumps({**head, "blobs": [len(blob) for blob in blobs]}).encode()
            process.stdin.write(struct.pack("<I", len(text)) + text)
            for blob in blobs:
                process.stdin.write(blob)
            process.stdin.flush()
            sizes = process.stdout.read(8)
            if len(sizes) < 8:
                raise EOFError
            head_bytes, blob_bytes = struct.unpack("<II", sizes)
            answer = json.loads(process.stdout.read(head_bytes))
            blob = process.stdout.read(blob_bytes)
            if len(blob) < blob_bytes:
                raise EOFError
        except (EOFError, BrokenPipeError):
            status = process.wait()
            process.drain.join(1)
            self.processes.discard(process)
            if process.why == "cancelled":
                raise Reschedule() from None  # Dask may have revived the task: no made-up result
            if process.why == "memory":
                taken, limit = process.peak >> 20, self.memory >> 20
                return {"ok": False, "kind": "memory", "message": f"took {taken} MiB of {limit} MiB"}, b""
            raise RuntimeError(f"the Node worker died (status {status}): {''.join(process.tail)[-2000:]}") from None
        process.task = None
        with self.lock:
            self.idle.append(process)
        return {**answer, "peak": process.peak}, blob


def given(blob):
    """Bytes as the result of a task: Dask makes them again where a worker that held them is gone."""
    return blob


def run_task(task, key, spec, chunks):
    worker, began = get_worker(), time.time()
    head, blob = worker.plugins[PLUGIN].call({"key": key}, [spec, chunks], task)
    seconds = time.time() - began
    # Goes ahead of the result, which stays here until the driver asks for it.
    worker.log_event(TOPIC, {"task": task, "bytes": len(blob), "seconds": seconds})
    return {**head, "worker": worker.address, "host": os.uname().nodename, "seconds": seconds}, blob


class Bridge:
    def __init__(self):
        # Nothing else may print on the stream of events.
        self.out = os.fdopen(os.dup(1), "wb", 0)
        os.dup2(2, 1)
        self.lock = threading.Lock()
        self.futures = {}
        self.costs = {}
        self.direct = None
        # A scheduler may have tasks of several drivers, on several hosts.
        self.name = f"tnp-{uuid.uuid4().hex[:8]}"
        self.specs = {}
        # Results wait for the driver to read: not in the event loop, which may be the scheduler's as well.
        self.results = ThreadPoolExecutor(1)
        self.cluster = None
        self.client = None
        self.kind = ""

    def emit(self, event, blob=b"", **fields):
        size = {"payload": len(blob)} if len(blob) > 0 else {}
        with self.lock:
            self.out.write(json.dumps({"event": event, **fields, **size}).encode() + b"\n")
            view, done = memoryview(blob), 0
            while done < len(view):
                done += self.out.write(view[done:])

    def op_cluster(self, kind, args, node, **_):
        self.kind = kind
        if "://" in kind:
            # Certificates for tls:// are those of Dask's own configuration.
            self.client = Client(kind, timeout=30)
        else:
            from distributed import LocalCluster

            self.cluster = LocalCluster(**args)
            self.client = Client(self.cluster)
        self.client.subscribe_topic("all", self.scheduler_event)
        self.client.subscribe_topic(TOPIC, self.task_event)
        self.client.register_plugin(NodeWorkers(**node))
        self.emit("cluster", dashboard=self.client.dashboard_link, scheduler=self.client.scheduler.address)
        self.workers()

    def scheduler_event(self, event):
        if event[1].get("action") in ("add-worker", "remove-worker"):
            self.workers()

    def task_event(self, event):
        cost = dict(event[1])
        task = cost.pop("task")
        if task.startswith(self.name):
            self.costs[task] = cost

    def workers(self):
        workers = self.client.scheduler_info(-1)["workers"]
        self.emit("workers", count=len(workers), threads=sum(worker["nthreads"] for worker in workers.values()))

    def op_spec(self, key, payload, **_):
        self.specs[key] = self.client.submit(given, payload, key=f"{self.name}-spec-{key}", pure=False)

    def op_task(self, id, key, payload, retries, **_):
        name = f"{self.name}-{id}"
        future = self.client.submit(
            run_task, name, key, self.specs[key], payload, key=name, retries=retries, pure=False
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
        try:
            if self.client is not None:
                # Else the scheduler writes events to a client that is gone, and complains.
                for topic in ("all", TOPIC):
                    self.client.unsubscribe_topic(topic)
            # A scheduler that is shared outlives this run.
            if self.client is not None and "://" in self.kind:
                self.client.unregister_worker_plugin(PLUGIN)
        except Exception:
            traceback.print_exc()
        for one in (self.client, self.cluster):
            try:
                if one is not None:
                    one.close()
            except Exception:
                traceback.print_exc()
        try:
            self.emit("closed")
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
        logging.getLogger("distributed").setLevel(logging.ERROR)
        self.emit("ready", python=sys.version.split()[0], dask=dask.__version__)
        try:
            for message in self.messages():
                operation = message.pop("op")
                if operation == "close":
                    break
                try:
                    getattr(self, f"op_{operation}")(**message)
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
