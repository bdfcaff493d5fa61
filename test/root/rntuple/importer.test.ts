/** RNTuples that ROOT's importer makes here and now, in every compression, with many small clusters and pages too. */
import { execFileSync } from 'node:child_process'
import { basename } from 'node:path'
import { test } from 'uvu'
import { is, ok } from 'uvu/assert'
import { scratch } from '../../support/cli.js'
import { rootPythonPath, sharedDir, testIf } from '../../support/tools.js'
import { compare, treeOf } from './compare.js'

const IMPORT = `
import os, sys, warnings
warnings.filterwarnings("ignore")
import ROOT
create = (getattr(ROOT, "RNTupleImporter", None) or ROOT.Experimental.RNTupleImporter).Create
out, *files = sys.argv[1:]
for file in files:
    for name, compression, small in [("0", 0, 0), ("101", 101, 0), ("207", 207, 0), ("404", 404, 0), ("505", 505, 0), ("small", 505, 1)]:
        work = create(file, "Events", f"{out}/{name}-{os.path.basename(file)}")
        work.SetIsQuiet(True)
        options = work.GetWriteOptions()
        options.SetCompression(compression)
        if small:
            options.SetPageBufferBudget(2**30)
            options.SetInitialUnzippedPageSize(64)
            options.SetMaxUnzippedPageSize(4096)
            options.SetApproxZippedClusterSize(100_000)
            options.SetMaxUnzippedClusterSize(1_000_000)
        work.SetWriteOptions(options)
        work.Import()
`

testIf(
  test,
  rootPythonPath(),
  'a Python with ROOT, of scripts/root.sh, as TNP_ROOT_PYTHON',
)('what ROOT imports is equal to the TTree, in every compression and in small clusters and pages', async () => {
  const shared = sharedDir()
  const files =
    shared === null
      ? ['fixtures/root/nano-mc.root', 'fixtures/root/old-mc.root']
      : ['DYto2E', 'nano_tt_v15', 'nano_dy'].map(name => `${shared}/data/${name}.root`)
  const dir = scratch()
  execFileSync(rootPythonPath()!, ['-c', IMPORT, dir.dir, ...files], { stdio: ['ignore', 'ignore', 'pipe'] })
  for (const file of files) {
    const tree = await treeOf(file, 'Events')
    for (const kind of ['0', '101', '207', '404', '505', 'small']) {
      const ntuple = await treeOf(dir.path(`${kind}-${basename(file)}`), 'Events')
      const clusters = (await ntuple.clusters()).length - 1
      ok(clusters >= 1)
      if (kind !== 'small') is(clusters, 1)
      await compare(tree, ntuple, `${kind} ${basename(file)}`, 1)
    }
  }
  dir.remove()
})

test.run()
