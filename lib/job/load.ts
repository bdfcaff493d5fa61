/** The configuration files to a job, expressions included. */
import { type Configuration, type ConfigurationInput, loadConfiguration } from '../config/index.js'
import { checkExpressionText } from '../expr/index.js'
import { withPartFiles } from './part-files.js'

/** Reads runner, fileset, settings and binning (paths, or the documents themselves). Throws one UsageError with every problem
 *  of all four. Names in expressions are checked later, against the columns (runJob). */
export function loadJob(input: ConfigurationInput): Configuration {
  const { job, warnings } = loadConfiguration({ checkExpression: checkExpressionText, ...input })
  return { job: withPartFiles(job), warnings }
}
