/** How long something lasts, for people. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** '5 d 3 h', '3 h 12 min', '12 min', rounded down; 'ended' where nothing is left. */
export function timeLeft(until: Date, now: Date): string {
  const ms = until.getTime() - now.getTime()
  if (ms <= 0) return 'ended'
  const [days, hours, minutes] = [Math.floor(ms / DAY), Math.floor((ms % DAY) / HOUR), Math.floor((ms % HOUR) / MINUTE)]
  if (days > 0) return `${days} d ${hours} h`
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`
}
