/** Time of day in milliseconds, as it was before any case could change what Date is. */
const now = Date.now.bind(Date)

export const clock = { now } as const
