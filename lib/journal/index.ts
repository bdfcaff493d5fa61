/** Continuing a run that was stopped: the journal of what it had done. */
export { journalled } from './executor.js'
export { JOURNAL_FILE, JOURNAL_FOLDER, LOCK_FILE, PARTS_FOLDER } from './folder.js'
export { flatten, type Identity } from './identity.js'
export { type IsThere, Journal } from './journal.js'
export { holderOf } from './lock.js'
export { type BesideJournal, openJournal } from './open.js'
