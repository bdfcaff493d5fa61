/** The configuration files to a job, expressions included. */
import { type Configuration, type ConfigurationInput, loadConfiguration } from '../config/index.js'
import { ExpressionError, parseExpression } from '../expr/index.js'

/** Reads runner, fileset, settings and binning (paths, or the documents themselves). Throws one UsageError with every problem
 *  of all four. Names in expressions are checked later, against the columns (runJob). */
export function loadJob(input: ConfigurationInput): Configuration {
  return loadConfiguration({ checkExpression: syntaxFault, ...input })
}

function syntaxFault(text: string): { message: string; caret: number } | null {
  try {
    parseExpression(text)
    return null
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { message: error.problem, caret: error.column - 1 }
  }
}
