import { test } from 'uvu'
import { equal, throws } from 'uvu/assert'
import { redirectFiles } from '../../lib/catalog/index.js'

test('the redirector goes before each file, that of Fermilab by default', () => {
  equal(redirectFiles(['/store/a.root', '/store/b.root']), [
    'root://cmsxrootd.fnal.gov//store/a.root',
    'root://cmsxrootd.fnal.gov//store/b.root',
  ])
  equal(redirectFiles(['/store/a.root'], 'root://x/'), ['root://x//store/a.root'])
  equal(redirectFiles([]), [])
})

test('one file makes a list of one', () => {
  equal(redirectFiles('/store/a.root', 'root://x/'), ['root://x//store/a.root'])
})

test('of the names of Rucio, what comes before the first /store/ is cut off', () => {
  const names = ['davs://site.edu:1094/cms/store/a.root', '/store/mc/store/b.root']
  equal(redirectFiles(names, 'root://x/', { isRucio: true }), [
    'root://x//store/a.root',
    'root://x//store/mc/store/b.root',
  ])
})

test('names without /store/ are not of Rucio, and all of them are listed', () => {
  const wrong = () => redirectFiles(['a.root', '/store/b.root', 'c.root'], 'root://x/', { isRucio: true })
  throws(wrong, /^a\.root: has no "\/store\/" in it\. .*\nc\.root: has no/)
})

test.run()
