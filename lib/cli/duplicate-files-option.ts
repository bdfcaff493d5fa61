/** The option of `run` and of `chunks`. */
import { Option } from 'commander'
import { DUPLICATE_MODES } from '../config/index.js'

export function duplicateFilesOption(): Option {
  const description =
    'files that a dataset lists twice (a link, ./, two servers): end with an error, skip the second, or keep it without a warning (default: keep it, with one)'
  return new Option('--duplicate-files <what>', description).choices(DUPLICATE_MODES)
}
