"""Times uproot: reads JSON {files, branches, repeats} from the first argument, prints milliseconds as JSON.
A branch that ends in * stands for all that begin so; branches that a file lacks are left out."""
import json, sys, time
start = time.perf_counter()
import uproot
imported = time.perf_counter()
given = json.loads(sys.argv[1])

def once():
    opening = reading = 0.0
    for path in given["files"]:
        a = time.perf_counter()
        tree = uproot.open(path, object_cache=None, array_cache=None)["Events"]
        b = time.perf_counter()
        wanted = lambda name: any(name.startswith(w[:-1]) if w.endswith("*") else name == w for w in given["branches"])
        tree.arrays([name for name in tree.keys() if wanted(name)])
        opening += b - a
        reading += time.perf_counter() - b
    return opening, reading

first = once()
again = sorted((once() for _ in range(given["repeats"])), key=sum) or [first]
middle = again[len(again) // 2]
print(json.dumps({
    "import": 1e3 * (imported - start), "total": 1e3 * sum(first), "openFirst": 1e3 * first[0], "readFirst": 1e3 * first[1],
    "readAgain": 1e3 * sorted(reading for _, reading in again)[len(again) // 2],
}))
