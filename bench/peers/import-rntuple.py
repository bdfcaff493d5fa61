"""Makes RNTuples of TTrees by ROOT's importer: import-rntuple.py OUT IN [OUT IN ...]; the tree is Events, the compression ZSTD."""
import sys, warnings
warnings.filterwarnings("ignore")
import ROOT

create = (getattr(ROOT, "RNTupleImporter", None) or ROOT.Experimental.RNTupleImporter).Create
pairs = sys.argv[1:]
for out, file in zip(pairs[::2], pairs[1::2]):
    work = create(file, "Events", out)
    work.SetIsQuiet(True)
    options = work.GetWriteOptions()
    options.SetCompression(505)
    work.SetWriteOptions(options)
    work.Import()
