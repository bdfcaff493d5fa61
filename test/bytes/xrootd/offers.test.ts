/** The list of methods in the answer to a login. */
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { parseOffers } from '../../../lib/bytes/xrootd/offers.js'

test('the order of the list is kept, and parameters are what stands behind the first comma', () => {
  equal(parseOffers('&P=krb5,xrootd/eoscms.cern.ch@CERN.CH&P=gsi,v:10600,c:ssl,ca:5168735f.0|4339b4bc.0&P=unix\0'), [
    { name: 'krb5', parameters: 'xrootd/eoscms.cern.ch@CERN.CH' },
    { name: 'gsi', parameters: 'v:10600,c:ssl,ca:5168735f.0|4339b4bc.0' },
    { name: 'unix', parameters: '' },
  ])
  equal(parseOffers('&P=ztn,0:4096:&P=host '), [
    { name: 'ztn', parameters: '0:4096:' },
    { name: 'host', parameters: '' },
  ])
})

test('what is no offer is passed over', () => {
  equal(parseOffers(''), [])
  equal(parseOffers('gsi,v:1'), [])
  equal(parseOffers('&P=,x&P=&Q=gsi&P=g si&P=unix'), [{ name: 'unix', parameters: '' }])
  equal(parseOffers(`&P=${'x'.repeat(100)}`), [])
  equal(parseOffers('\0&P=unix'), [])
})

test('endless lists are cut off', () => {
  equal(parseOffers('&P=unix'.repeat(1000)).length, 16)
})

test.run()
