/** The commands of a pipe and what they are told. */

export type StageCommand =
  | 'chunks'
  | 'decode'
  | 'weight'
  | 'golden'
  | 'pair'
  | 'filter'
  | 'select'
  | 'fill'
  | 'merge'
  | 'sink'

/** As commander gives them. */
export type StageFlags = Readonly<Record<string, unknown>>
