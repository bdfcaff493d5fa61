import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, unreachable } from 'uvu/assert'
import { askDasClient } from '../../lib/catalog/index.js'
import { DataError } from '../../lib/core/errors.js'
import { scratch } from '../support/cli.js'

const files = scratch()

/** A script in place of dasgoclient. */
function client(name: string, body: string): string {
  const path = files.path(name)
  writeFileSync(path, `#!/bin/sh\n${body}\n`)
  chmodSync(path, 0o755)
  return path
}

function ask(dataset: string, clients: readonly string[], timeoutMs = 20_000) {
  return askDasClient(dataset, { instance: 'prod/global', clients, patience: { timeoutMs, attempts: 2, delayMs: 1 } })
}

async function failure(run: () => Promise<unknown>): Promise<DataError> {
  try {
    await run()
  } catch (error) {
    if (error instanceof DataError) return error
    throw error
  }
  return unreachable('succeeded') as never
}

const missing = files.path('missing')
const answers = client('answers', `printf '%s\\n' "$@" >> ${files.path('asked')}; printf '/store/b\\n\\n /store/a \\n'`)

test('the lines of the answer are the files, in its order', async () => {
  equal(await ask('/X/Y/NANO', [answers]), ['/store/b', '/store/a'])
})

test('the query is one argument in the words of the reference, with the instance of users for their datasets', async () => {
  writeFileSync(files.path('asked'), '')
  await ask('/X/Y/NANO', [answers])
  await ask('/X/Y;touch$(z)/USER', [answers])
  is(
    readFileSync(files.path('asked'), 'utf8'),
    '-query=instance=prod/global file dataset=/X/Y/NANO\n' +
      '-query=instance=prod/global file dataset=/X/Y;touch$(z)/USER instance=prod/phys03\n',
  )
})

test('without any of the commands there is no answer', async () => {
  is(await ask('/X/Y/NANO', []), null)
  is(await ask('/X/Y/NANO', [missing, files.path('no/where')]), null)
})

test('a command that is missing or fails hands over to the next', async () => {
  const fails = client('fails', 'exit 1')
  equal(await ask('/X/Y/NANO', [missing, fails, answers]), ['/store/b', '/store/a'])
})

test('an unknown dataset has no files', async () => {
  equal(await ask('/X/Y/NANO', [client('empty', 'echo')]), [])
})

test('where the last command fails too, the error has its last words', async () => {
  const fails = client('says', 'echo first >&2; echo "no proxy found" >&2; exit 3')
  const error = await failure(() => ask('/X/Y/NANO', [client('quiet', 'exit 1'), fails]))
  is(error.exception, 'OSError')
  match(
    error.message,
    /^\/X\/Y\/NANO: .*says failed \(exit status 3: no proxy found\)\. Check that your proxy is valid/,
  )
})

test('an answer that is no list of files is refused', async () => {
  const odd = client('odd', 'echo "DAS ERROR: bad gateway"')
  const error = await failure(() => ask('/X/Y/NANO', [odd]))
  is(error.exception, 'ValueError')
  match(error.message, /answered "DAS ERROR: bad gateway", wanted names of files/)
})

test('a command that does not answer in time is ended and tried again, twice in all', async () => {
  const slow = client('slow', `echo x >> ${files.path('tries')}; exec sleep 30`)
  const error = await failure(() => ask('/X/Y/NANO', [slow], 1000))
  is(error.exception, 'TimeoutError')
  match(error.message, /did not answer within 1 s, attempt 2 of 2\. Raise --timeout/)
  is(readFileSync(files.path('tries'), 'utf8'), 'x\nx\n')
})

test.after(() => files.remove())

test.run()
