/** The user's proxy on its way to workers. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, throws } from 'uvu/assert'
import { clusterOptions } from '../../lib/cluster/options.js'
import { workerCredentials } from '../../lib/cluster/worker-credentials.js'
import { hasOpenssl, makeCertificates } from '../support/certificates.js'
import { scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'

const files = scratch()
const certificates = hasOpenssl ? makeCertificates(files.dir) : null
const when = testIf(test, certificates, 'openssl')
const NONE = { env: {}, files: {}, warnings: [] }
const slurm = (flags = {}) => clusterOptions('dask/slurm', flags, files.dir, {})

when('a copy that nobody else may read, where workers share the home', () => {
  const { env, files: sent } = workerCredentials(slurm({ voms: certificates!.proxy }), files.dir, {})
  const copy = join(files.dir, 'x509up')
  equal(env, { X509_USER_PROXY: copy })
  equal(sent, {})
  equal(statSync(copy).mode & 0o777, 0o600)
  equal(readFileSync(copy, 'utf8'), readFileSync(certificates!.proxy, 'utf8'))
})

when('sent where the connection is encrypted, and there alone', () => {
  const env = { X509_USER_PROXY: certificates!.proxy }
  const tls = workerCredentials(clusterOptions('tls://h:1', {}, '', {}), '', env)
  equal(tls.env, { X509_USER_PROXY: '{folder}/x509up' })
  equal(tls.files.x509up, readFileSync(certificates!.proxy, 'utf8'))
  equal(workerCredentials(clusterOptions('tcp://h:1', {}, '', {}), '', env), NONE)
  equal(workerCredentials(clusterOptions('dask/lpc', {}, '', {}), '', env), NONE)
})

when('a proxy that ends before a job may is warned about', () => {
  const { warnings } = workerCredentials(slurm({ voms: certificates!.proxy, walltime: '3-00' }), files.dir, {})
  equal(warnings.length, 1)
  match(warnings[0]!, /the proxy ends in 2\d\.\d h, a job may take 72\.0 h\. Make a longer one: voms-proxy-init/)
})

when('one that has ended is an error where it is named', () => {
  throws(() => workerCredentials(slurm({ voms: certificates!.expiredProxy }), files.dir, {}), /expired at/)
  const env = { X509_USER_PROXY: certificates!.expiredProxy }
  throws(() => workerCredentials(slurm(), files.dir, env), /expired at/)
})

test('without any, workers get none', () => {
  equal(workerCredentials(clusterOptions('distributed', {}, '', {}), '', {}), NONE)
})

test.run()
