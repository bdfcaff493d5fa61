/** One run at a time in a folder; what a process that is gone has left is taken over. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { takeLock } from '../../lib/journal/lock.js'
import { scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'

/** 'taken', 'taken over', or why not. */
async function attempt(path: string): Promise<string> {
  try {
    const lock = await takeLock(path, 'out')
    await lock.release()
    ok(!existsSync(path))
    return lock.wasStale ? 'taken over' : 'taken'
  } catch (error) {
    return (error as Error).message
  }
}

test('a lock is held until it is released', async () => {
  const out = scratch()
  const path = out.path('lock')
  const lock = await takeLock(path, 'out')
  match(await attempt(path), new RegExp(`out: process ${process.pid} on .* is writing to this folder`))
  await lock.release()
  equal(await attempt(path), 'taken')
  out.remove()
})

test('the lock of a process that is gone, or whose number another one has now, is taken over', async () => {
  const out = scratch()
  const path = out.path('lock')
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  writeFileSync(path, JSON.stringify({ pid: child.pid, host: hostname(), began: null }))
  equal(await attempt(path), 'taken over')
  writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname(), began: '1' }))
  equal(await attempt(path), 'taken over')
  writeFileSync(path, JSON.stringify({ pid: 1, host: 'another-machine.invalid', began: null }))
  match(await attempt(path), /process 1 on another-machine\.invalid is writing/)
  out.remove()
})

test('an empty lock is somebody’s who is about to write it, unless it is old', async () => {
  const out = scratch()
  const path = out.path('lock')
  writeFileSync(path, '')
  match(await attempt(path), /another run is writing/)
  utimesSync(path, 1000, 1000)
  equal(await attempt(path), 'taken over')
  out.remove()
})

testIf(
  test,
  existsSync('/proc/self/stat'),
  '/proc',
)('the lock of a killed process that nobody has waited for is taken over', async () => {
  const out = scratch()
  const path = out.path('lock')
  // The shell's child ends, and what the shell becomes does not wait for it.
  const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [text] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(text.toString())
  const began = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')[19]
  writeFileSync(path, JSON.stringify({ pid, host: hostname(), began }))
  match(await attempt(path), new RegExp(`process ${pid} on`))
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await new Promise(go => setTimeout(go, 20))
  equal(await attempt(path), 'taken over')
  parent.kill('SIGKILL')
  out.remove()
})

test.run()
