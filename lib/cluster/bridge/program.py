"""Node and the program for workers that lack them: packed once one asks, and kept at the scheduler, of which workers ask for them."""
import io
import os
import tarfile

from distributed import SchedulerPlugin


class ProgramStore(SchedulerPlugin):
    """archives: gzipped tar files by name ("node", "program"); handler: the name under which workers ask for them."""

    def __init__(self, handler, archives):
        self.name = handler
        self.archives = archives

    async def start(self, scheduler):
        archives = self.archives

        async def archive(name):
            return archives.get(name)

        scheduler.handlers[self.name] = archive


class ProgramFiles:
    """node: path of the executable; root: the folder of the package; names: what the program needs of it, files or folders."""

    def __init__(self, node, root, names):
        self.node = node
        self.root = root
        self.names = names

    def pack(self, name):
        return self.packed([(self.node, "node")]) if name == "node" else self.packed(
            [(os.path.join(self.root, path), arcname) for path, arcname in self.names]
        )

    @staticmethod
    def packed(files):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as tar:
            for path, arcname in files:
                tar.add(os.path.realpath(path) if os.path.islink(path) else path, arcname=arcname)
        return out.getvalue()
