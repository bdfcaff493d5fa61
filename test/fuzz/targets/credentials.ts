/** What is read of credentials: VOMS attributes, tokens, Kerberos' tickets, policies of authorities. */
import { readTicketFile } from '../../../lib/bytes/xrootd/krb5-cache.js'
import { allowedSubjects } from '../../../lib/credentials/signing-policy.js'
import { readKlist } from '../../../lib/credentials/tickets.js'
import { findToken } from '../../../lib/credentials/tokens.js'
import { readVoms } from '../../../lib/credentials/voms.js'
import { vomsExtension } from '../../credentials/voms-extension.js'
import { applyEdits, type Edit, randomEdits, shrinkEdits } from '../edits.js'
import { mutateText, shrinkText } from '../json-edits.js'
import { few, pick, type Target, Wrong } from '../target.js'

/** Errors of these rooms, which callers turn into those of users. */
const OWN = ['DerError', 'CredentialError']

function data(text: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(text))
  return Buffer.concat([length, Buffer.from(text)])
}

function number(bytes: number, value: number): Buffer {
  const out = Buffer.alloc(bytes)
  out.writeUIntBE(value, 0, bytes)
  return out
}

/** A cache of MIT's version 4 with one ticket. */
function ticketFile(): Buffer {
  const principal = (...names: readonly string[]) =>
    Buffer.concat([number(4, 1), number(4, names.length), data('TEST'), ...names.map(data)])
  const rest = [
    number(2, 18),
    data('k'.repeat(32)),
    Buffer.alloc(21),
    number(4, 0),
    number(4, 1),
    number(2, 1),
    data('x'),
  ]
  const ticket = Buffer.concat([principal('alice'), principal('xrootd', 'host'), ...rest, data('ticket'), data('')])
  return Buffer.concat([number(2, 0x0504), number(2, 12), Buffer.alloc(12), principal('alice'), ticket])
}

const SEEDS: Readonly<Record<string, Buffer>> = {
  voms: vomsExtension('cms://voms.cern.ch:15000', ['/cms/Role=NULL', '/cms/uscms'], new Date(2e12)),
  tickets: ticketFile(),
}

const CLAIMS = { iss: 'https://cms-auth.cern.ch/', scope: 'storage.read:/ x', nbf: 1, exp: 4e9, wlcg: { ver: '1.0' } }
const TEXTS: Readonly<Record<string, string>> = {
  token: JSON.stringify(CLAIMS),
  'token as such': `${'a'.repeat(10)}.${Buffer.from(JSON.stringify(CLAIMS)).toString('base64url')}.${'b'.repeat(20)}`,
  klist: `Default principal: alice@CERN.CH\n\n11/30/26 09:26:42  12/01/26 10:26:42  krbtgt/CERN.CH@CERN.CH\n`,
  policy: `access_id_CA X509 '/C=CH/CN=CA'\npos_rights globus CA:sign\ncond_subjects globus '"/C=CH/*" "/DC=ch/*"'\n`,
}

function read(name: string, bytes: Buffer): void {
  if (name === 'voms') for (const { expires } of readVoms(bytes)) checkDate(expires)
  if (name === 'tickets') readTicketFile(bytes)
  if (name === 'token') {
    const token = `${'a'.repeat(10)}.${bytes.toString('base64url')}.${'b'.repeat(20)}`
    checkDate(findToken({ BEARER_TOKEN: token })?.expires ?? null)
  }
  if (name === 'token as such') findToken({ BEARER_TOKEN: bytes.toString('utf8') })
  if (name === 'klist') checkDate(readKlist(bytes.toString('utf8'))?.expires ?? null)
  if (name === 'policy') allowedSubjects(bytes.toString('utf8'), '/C=CH/CN=CA')
}

function checkDate(date: Date | null): void {
  if (date !== null && Number.isNaN(date.getTime())) throw new Wrong('a date that is none')
}

type CredentialCase = { readonly name: string; readonly edits: readonly Edit[]; readonly text: string }

export async function credentials(): Promise<Target> {
  const target: Target<CredentialCase> = {
    make: random => {
      const name = pick(random, [...Object.keys(SEEDS), ...Object.keys(TEXTS)])
      if (name in SEEDS) return { name, edits: randomEdits(random, SEEDS[name]!), text: '' }
      let text = TEXTS[name]!
      for (let k = few(random, 8); k > 0; k--) text = mutateText(text, random)
      return { name, edits: [], text }
    },
    run: async ({ name, edits, text }) => {
      try {
        read(name, name in SEEDS ? applyEdits(SEEDS[name]!, edits) : Buffer.from(text))
      } catch (error) {
        if (!OWN.includes((error as Error).name)) throw error
        return `${name}: refused`
      }
      return `${name}: read`
    },
    *shrink(one) {
      for (const edits of shrinkEdits(one.edits)) yield { ...one, edits }
      for (const text of shrinkText(one.text)) yield { ...one, text }
    },
  }
  return target as Target
}
