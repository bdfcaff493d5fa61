import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { PendingFiles, publish } from '../../lib/core/publication.js'

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

test.run()
