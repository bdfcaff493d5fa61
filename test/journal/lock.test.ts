/** One run at a time in a folder; what a process that is gone has left is taken over. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { takeLock } from '../../lib/journal/lock.js'
import { scratch } from '../support/cli.js'
import { failing } from '../support/faults.js'
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

const LOCK_AND_LIST = `
  const { takeLock } = await import(${JSON.stringify(new URL('../../lib/journal/lock.js', import.meta.url).href)})
  const { readFileSync } = await import('node:fs')
  await takeLock(process.env.LOCK, 'out').then(
    () => console.log('lock ' + readFileSync(process.env.LOCK, 'utf8')),
    error => console.log(error.message))`

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
  // Left by one that was killed while it took a lock over.
  writeFileSync(`${path}.stale`, JSON.stringify({ pid: child.pid, host: hostname(), began: null }))
  writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname(), began: '1' }))
  equal(await attempt(path), 'taken over')
  equal(readdirSync(out.dir), [])
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

test('of many processes that find a stale lock at once one takes it over', async () => {
  const out = scratch()
  const path = out.path('lock')
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  const stale = JSON.stringify({ pid: child.pid, host: hostname(), began: null })
  const module = JSON.stringify(new URL('../../lib/journal/lock.js', import.meta.url).href)
  const script = `
    const { takeLock } = await import(${module})
    process.stdout.write('ready')
    await new Promise(go => process.stdin.once('data', go))
    await takeLock(${JSON.stringify(path)}, 'out').then(() => console.log(' taken'), error => console.log(' ' + error.message))
    process.stdin.once('data', () => {})`
  for (let round = 0; round < 3; round++) {
    writeFileSync(path, stale)
    const all = Array.from({ length: 6 }, () => spawn(process.execPath, ['--input-type=module', '-e', script]))
    const said = all.map(() => '')
    for (const [k, one] of all.entries()) one.stdout.on('data', text => (said[k] += text))
    const until = async (done: (text: string) => boolean) => {
      for (let k = 0; k < 4000 && !said.every(done); k++) await new Promise(go => setTimeout(go, 5))
    }
    await until(text => text.startsWith('ready'))
    for (const one of all) one.stdin.write('go')
    await until(text => text.endsWith('\n'))
    for (const one of all) one.kill('SIGKILL')
    equal(said.filter(text => text === 'ready taken\n').length, 1, said.join(''))
    equal(said.filter(text => /is writing to this folder/.test(text)).length, 5, said.join(''))
    rmSync(path)
  }
  equal(readdirSync(out.dir), [])
  out.remove()
})

test('a lock has its content from the beginning, also where there are no links; a full disk is told', async () => {
  const out = scratch()
  const lock = (at: number, calls: string, error: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', LOCK_AND_LIST], {
      encoding: 'utf8',
      env: { ...process.env, LOCK: out.path('lock'), ...failing({ calls, paths: out.dir, error, at, torn: true }) },
    }).stdout
  match(lock(1, 'link', 'EPERM'), /^lock \{"pid"/)
  rmSync(out.path('lock'), { force: true })
  match(lock(1, 'writeFile', 'ENOSPC'), /lock\.\d+: cannot be written \(the disk is full\)\. Free some space/)
  equal(readdirSync(out.dir), [])
  equal(lock(1, 'link', 'kill'), '')
  equal(await attempt(out.path('lock')), 'taken')
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
