/** Files by another way than the fileset's. */
import { test } from 'uvu'
import { equal, throws } from 'uvu/assert'
import type { Job } from '../../lib/config/index.js'
import { readThrough, redirectorOf } from '../../lib/job/redirector.js'

function through(path: string, redirector: string): string {
  const job = { datasets: [{ files: [{ path }] }] } as unknown as Job
  return readThrough(job, redirector).datasets[0]!.files[0]!.path
}

test('a redirector goes before the name from /store/ on, whatever stood there', () => {
  for (const path of [
    '/store/a.root',
    'root://cms-xrd-global.cern.ch//store/a.root',
    'davs://se:2880/pnfs/x/store/a.root',
  ]) {
    equal(through(path, 'root://cmsxrootd.fnal.gov/'), 'root://cmsxrootd.fnal.gov//store/a.root')
    equal(through(path, 'cmsxrootd.fnal.gov:1095'), 'root://cmsxrootd.fnal.gov:1095//store/a.root')
  }
  equal(through('root://a//store/a.root?authz=x', 'b'), 'root://b//store/a.root')
  equal(through('data/a.root', 'b'), 'data/a.root')
})

test('what is no server is refused', () => {
  for (const redirector of ['a b/c', '', 's3://x/', 'root://:99999/']) {
    throws(() => through('/store/a.root', redirector), /--redirector: ".*" is no server\. Give its host, or a URL as/)
  }
})

test('executors at analysis facilities read through the cache of the site', () => {
  equal(redirectorOf('dask/casa'), 'root://xcache/')
  equal(redirectorOf('tls://localhost:8786'), 'root://xcache/')
  for (const other of [undefined, 'threads', 'dask/lpc', 'tcp://localhost:8786']) equal(redirectorOf(other), undefined)
  equal(through('root://xrootd-cms.infn.it//store/a.root', redirectorOf('dask/casa')!), 'root://xcache//store/a.root')
})

test.run()
