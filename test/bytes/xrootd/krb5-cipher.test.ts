/** Enciphering for Kerberos, against the vectors of the RFCs. */
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { encrypt, fold, stealing } from '../../../lib/bytes/xrootd/krb5-cipher.js'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

test('texts are folded as in RFC 3961, appendix A.1', () => {
  for (const [text, bits, expected] of [
    ['012345', 64, 'be072631276b1955'],
    ['password', 56, '78a07b6caf85fa'],
    ['Rough Consensus, and Running Code', 64, 'bb6ed30870b7f0e0'],
    ['password', 168, '59e4a8ca7c0385c3c37b3f6d2000247cb6e6bd5b3e'],
    ['Q', 168, '518a54a215a8452a518a54a215a8452a518a54a215'],
    ['ba', 168, 'fb25d531ae8974499f52fd92ea9857c4ba24cf297e'],
    ['kerberos', 128, '6b65726265726f737b9b5b2b93132b93'],
  ] as const) {
    equal(fold(Buffer.from(text), bits / 8).toString('hex'), expected, `${bits} of ${text}`)
  }
})

test('the last blocks are exchanged as in RFC 3962, appendix B', () => {
  const key = Buffer.from('chicken teriyaki')
  const text = Buffer.from("I would like the General Gau's Chicken, please, and wonton soup.")
  for (const [length, expected] of [
    [17, 'c6353568f2bf8cb4d8a580362da7ff7f97'],
    [31, 'fc00783e0efdb2c1d445d4c8eff7ed2297687268d6ecccc0c07b25e25ecfe5'],
    [32, '39312523a78662d5be7fcbcc98ebf5a897687268d6ecccc0c07b25e25ecfe584'],
    [47, '97687268d6ecccc0c07b25e25ecfe584b3fffd940c16a18c1b5549d2f838029e39312523a78662d5be7fcbcc98ebf5'],
  ] as const) {
    equal(stealing(key, text.subarray(0, length)).toString('hex'), expected, `${length} bytes`)
  }
})

test('keys of kinds 19 and 20 are used as in RFC 8009, appendix A', () => {
  const key19 = hex('3705D96080C17728A0E800EAB6E0D23C')
  const key20 = hex('6D404D37FAF79F9DF0D33568D320669800EB4836472EA8A026D16B7182460C52')
  for (const [type, key, confounder, plain, expected] of [
    [
      19,
      key19,
      '7E5895EAF2672435BAD817F545A37148',
      '',
      'EF85FB890BB8472F4DAB20394DCA781DAD877EDA39D50C870C0D5A0A8E48C718',
    ],
    [
      19,
      key19,
      '7BCA285E2FD4130FB55B1A5C83BC5B24',
      '000102030405',
      '84D7F30754ED987BAB0BF3506BEB09CFB55402CEF7E6877CE99E247E52D16ED4421DFDF8976C',
    ],
    [
      20,
      key20,
      'F764E9FA15C276478B2C7D0C4E5F58E4',
      '',
      '41F53FA5BFE7026D91FAF9BE959195A058707273A96A40F0A01960621AC612748B9BBFBE7EB4CE3C',
    ],
  ] as const) {
    equal(encrypt(type, key, 2, hex(plain), hex(confounder)).toString('hex').toUpperCase(), expected)
  }
})

test.run()
