/** Continuing a run that was stopped: the journal of what it had done. */
export { journalled } from './executor.js'
export { flatten, type Identity } from './identity.js'
export {
  type BesideJournal,
  type IsThere,
  JOURNAL_FILE,
  JOURNAL_FOLDER,
  Journal,
  LOCK_FILE,
  PARTS_FOLDER,
} from './journal.js'
export { holderOf } from './lock.js'
