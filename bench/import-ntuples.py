"""Makes RNTuples of TTrees by ROOT's importer, with ZSTD: import-ntuples.py [--small] OUT IN TREE [OUT IN TREE ...]. Prints the OUTs.
--small: in small clusters and pages; trees of which none can be made (names of fields have no blanks, as some branches have) are left out.
"""
import os, sys, warnings
warnings.filterwarnings("ignore")
import ROOT

create = (getattr(ROOT, "RNTupleImporter", None) or ROOT.Experimental.RNTupleImporter).Create
rest = sys.argv[1:]
small = rest[0] == "--small"
rest = rest[small:]
for out, file, tree in zip(rest[::3], rest[1::3], rest[2::3]):
    if os.path.exists(out):
        os.remove(out)
    work = create(file, tree, out)
    work.SetIsQuiet(True)
    options = work.GetWriteOptions()
    options.SetCompression(505)
    if small:
        options.SetPageBufferBudget(2**30)
        options.SetInitialUnzippedPageSize(64)
        options.SetMaxUnzippedPageSize(4096)
        options.SetApproxZippedClusterSize(20_000)
        options.SetMaxUnzippedClusterSize(200_000)
    work.SetWriteOptions(options)
    try:
        work.Import()
    except ROOT.RException:
        if not small:
            raise
        continue
    print(out)
