/** Opens files of http servers: their size comes from HEAD, or from reading one byte. */
import { DataError } from '../../core/errors.js'
import { hideAccess, type RemoteAddress } from '../address.js'
import { remoteSettings } from '../settings.js'
import type { ByteSource } from '../source.js'
import { parseContentRange, refusedSize } from './content-range.js'
import type { Answer } from './exchange.js'
import { Route } from './follow.js'
import { HttpSource } from './http-source.js'
import { type Operation, operate, persist } from './operation.js'
import { refused } from './refused.js'
import { targetOf } from './target.js'
import { Version } from './version.js'

/** Throws DataError FileNotFoundError, PermissionError, TimeoutError, ConnectionError or OSError. */
export async function openHttp(address: RemoteAddress): Promise<ByteSource> {
  const place = hideAccess(address.text)
  const context = { place, settings: remoteSettings() }
  const route = new Route(targetOf(address))
  const { answer, size } = await operate(context, undefined, operation =>
    persist(operation, () => ask(route, operation)),
  )
  const version = new Version(place, size)
  version.checkMark(answer)
  return new HttpSource(context, route, version, answer.latencyMs)
}

interface Found {
  readonly answer: Answer
  readonly size: number
}

/** HEAD is forbidden by some servers, and by some signed addresses. */
const NO_HEAD: ReadonlySet<number> = new Set([400, 403, 405, 501])

async function ask(route: Route, operation: Operation): Promise<Found> {
  const headers = { 'Accept-Encoding': 'identity' }
  const answer = await route.send({ method: 'HEAD', headers }, operation)
  const length = answer.headers['content-length']
  if (answer.status === 200 && length !== undefined) {
    await answer.text()
    return { answer, size: Number(length) }
  }
  answer.discard()
  if (answer.status !== 200 && !NO_HEAD.has(answer.status)) throw await refused(answer, operation)
  return askByte(route, operation)
}

async function askByte(route: Route, operation: Operation): Promise<Found> {
  const headers = { Range: 'bytes=0-0', 'Accept-Encoding': 'identity' }
  const answer = await route.send({ method: 'GET', headers }, operation)
  const { status, from } = answer
  const told = answer.headers['content-range']
  if (status !== 200 && status !== 206 && status !== 416) throw await refused(answer, operation)
  answer.discard()
  const length = answer.headers['content-length']
  const whole = length === undefined ? null : Number(length)
  const size = status === 200 ? whole : status === 416 ? refusedSize(told) : (parseContentRange(told)?.total ?? null)
  if (size !== null) return { answer, size }
  const message = `${operation.place}: ${from.origin} does not tell the file's size. Read it by root://, or copy it here first.`
  throw new DataError('OSError', message)
}
