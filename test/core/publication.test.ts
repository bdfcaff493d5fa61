import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { PendingFiles, publish } from '../../lib/core/publication.js'
import type { Replaced } from '../../lib/core/types.js'

function files(events: string[], names: readonly string[], failing?: string) {
  return names.map(name => ({
    commit: async () => {
      if (name === failing) throw new Error(`${name} cannot be renamed`)
      events.push(`commit ${name}`)
    },
    discard: async () => void events.push(`discard ${name}`),
    retract: async () => void events.push(`retract ${name}`),
  }))
}

test('without others that belong to them, files get their names at once', async () => {
  const events: string[] = []
  await publish(files(events, ['a', 'b']), {})
  equal(events, ['commit a', 'commit b'])
})

test('files that belong together get their names together, in order', async () => {
  const events: string[] = []
  const publication = new PendingFiles()
  await publish(files(events, ['a', 'b']), { publication })
  await publish(files(events, ['c']), { publication })
  equal(events, [])
  await publication.commit()
  equal(events, ['commit a', 'commit b', 'commit c'])
})

test('one that cannot get its name takes all others back', async () => {
  const events: string[] = []
  const publication = new PendingFiles()
  publication.add(files(events, ['a', 'b', 'c'], 'b'))
  let message = ''
  await publication.commit().catch(error => (message = error.message))
  equal(message, 'b cannot be renamed')
  equal(events, ['commit a', 'retract a', 'discard b', 'discard c'])
})

/** Files that stand in the place of others. */
function replacing(events: string[], names: readonly string[], failing?: string) {
  return files(events, names, failing).map((file, k) => ({
    ...file,
    makeRoom: async (replaced: Replaced[]) => {
      events.push(`aside ${names[k]}`)
      replaced.push({
        putBack: async () => void events.push(`put back ${names[k]}`),
        remove: async () => void events.push(`remove ${names[k]}`),
      })
    },
  }))
}

test('all old files go before the first new one comes: whenever the process is killed, they are not mixed', async () => {
  const events: string[] = []
  const publication = new PendingFiles()
  publication.add(replacing(events, ['a', 'b']))
  await publication.commit()
  equal(events, ['aside a', 'aside b', 'commit a', 'commit b', 'remove a', 'remove b'])
})

test('where one cannot get its name, the old files come back', async () => {
  const events: string[] = []
  const publication = new PendingFiles()
  publication.add(replacing(events, ['a', 'b', 'c'], 'b'))
  await publication.commit().catch(() => {})
  equal(events.slice(3), ['commit a', 'retract a', 'put back a', 'put back b', 'put back c', 'discard b', 'discard c'])
})

test('a single file takes the place of another at once', async () => {
  const events: string[] = []
  await publish(replacing(events, ['a']), {})
  equal(events, ['commit a'])
})

test.run()
