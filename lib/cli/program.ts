/** The command lines: what each command takes, and which function does it. */
import { Command, CommanderError } from 'commander'
import { hideAccessIn } from '../bytes/address.js'
import { usesServers } from '../bytes/remote.js'
import { remoteWarnings } from '../bytes/warnings.js'
import { versionWithCommit } from '../core/version.js'
import { addBatchCommands } from './batch-options.js'
import type { CleanupFlags } from './cleanup.js'
import { addCompletion } from './completion-options.js'
import type { CredentialsFlags } from './credentials.js'
import type { DoctorFlags } from './doctor.js'
import { addDoctorOptions } from './doctor-options.js'
import { addEfficiencyOptions, type EfficiencyFlags } from './efficiency-options.js'
import { type CommandReport, describeFailure, EXIT } from './exit.js'
import type { ExplainFlags } from './explain.js'
import { addFetchOptions, type FetchFlags } from './fetch-options.js'
import type { FilesetFlags } from './fileset.js'
import { addFitOptions, type FitFlags } from './fit-options.js'
import { OUTPUT_COMMANDS, type OutputCommandName } from './output-commands.js'
import { addPlotOptions, type PlotFlags } from './plot-options.js'
import type { PreprocessFlags } from './preprocess.js'
import { addFilesetTools, addPreprocessOptions } from './preprocess-options.js'
import { addRemoteOptions, applyRemoteFlags, fetchNamedDocuments } from './remote-options.js'
import { addJobOptions, addRunOptions, type RunFlags } from './run-options.js'
import { addScaleFactorOptions, type ScaleFactorFlags } from './scale-factor-options.js'
import { addStages } from './stage-options.js'
import type { TriggerFlags } from './trigger.js'
import { addViewOptions } from './view-options.js'

/** `run-analysis`, with the reference's options. */
export function runAnalysisProgram(setStatus: (status: number) => void): Command {
  const command = addRunOptions(new Command('run-analysis'))
  command.description('Tag-and-probe from a runner, a fileset, settings and binning (the same as tnp-pipe run).')
  return finish(command.action(runAction(setStatus)))
}

/** `fetch-datasets`, with the reference's options. */
export function fetchDatasetsProgram(setStatus: (status: number) => void): Command {
  return describeFetch(finish(new Command('fetch-datasets')), setStatus)
}

/** A command on outputs as a program of its own, with the reference's options. */
export function outputProgram(name: OutputCommandName, setStatus: (status: number) => void): Command {
  return describeOutput(finish(new Command(name)), name, setStatus)
}

/** `run-fitter`, with the reference's option. */
export function runFitterProgram(setStatus: (status: number) => void): Command {
  return describeFit(finish(new Command('run-fitter')), setStatus, () => false)
}

/** isPipe: whether the next command, rather than people, reads the output. */
function describeFit(command: Command, setStatus: (status: number) => void, isPipe: () => boolean): Command {
  return addFitOptions(addRemoteOptions(command)).action(async (flags: FitFlags) => {
    const { fitCommand } = await import('./fit.js')
    setStatus(await fitCommand(flags, isPipe()))
  })
}

/** `tnp-pipe` and its commands. */
export function tnpPipeProgram(setStatus: (status: number) => void): Command {
  const program = finish(new Command('tnp-pipe'))
  program.description('Tag-and-probe as a streaming pipeline.')
  finish(addRunOptions(program.command('run')))
    .description('run the methods of a runner on a fileset')
    .action(runAction(setStatus))
  addBatchCommands(program, finish, async make => setStatus(await printed(make)), setStatus)
  addRemoteOptions(finish(program.command('inspect')))
    .description('list the trees, branches, types, baskets and compressions of a ROOT file')
    .argument('<file[:tree]>', 'a ROOT file, or one tree of it')
    .option('--digest', 'print JSON with SHA-1 sums of every numeric branch', false)
    .action(async (target: string, flags: { digest: boolean }) => {
      const { inspect } = await import('./inspect.js')
      setStatus(await printed(async () => inspect(target, flags)))
    })
  describeFit(finish(program.command('fit')), setStatus, () => process.stdout.isTTY !== true)
  addRemoteOptions(addEfficiencyOptions(finish(program.command('efficiency')))).action(
    async (files: string[], flags: EfficiencyFlags) => {
      const { efficiency } = await import('./efficiency.js')
      setStatus(await printed(() => efficiency(files, flags)))
    },
  )
  addRemoteOptions(addScaleFactorOptions(finish(program.command('scale-factors')))).action(
    async (flags: ScaleFactorFlags) => {
      const { scaleFactorsCommand } = await import('./scale-factors.js')
      setStatus(await printed(() => scaleFactorsCommand(flags)))
    },
  )
  addRemoteOptions(addPlotOptions(finish(program.command('plot')))).action(
    async (files: string[], flags: PlotFlags) => {
      const { plot } = await import('./plot.js')
      setStatus(await printed(() => plot(files, flags)))
    },
  )
  addViewOptions(finish(program.command('view')), setStatus)
  describeFetch(finish(program.command('fetch-datasets')), setStatus)
  finish(program.command('cleanup'))
    .description(
      'remove batch jobs that runs on clusters have left after a crash, or, with folders, the unfinished files that killed programs have left in them; ' +
        'journals stay for --resume. Nothing that writes there without a journal may be running',
    )
    .argument('[folders...]', 'output folders; default: batch jobs are looked for')
    .option('--dry-run', 'say what would be removed', false)
    .option('--everywhere', 'also of runs that began on other machines', false)
    .action(async (folders: string[], flags: CleanupFlags) => {
      const { cleanup } = await import('./cleanup.js')
      setStatus(await printed(() => cleanup(folders, flags)))
    })
  finish(program.command('credentials'))
    .description(
      'tell what you have to show to servers (grid proxy, token, Kerberos ticket), and what is wrong with it',
    )
    .option('--voms <path>', 'a grid proxy (default: X509_USER_PROXY, else /tmp/x509up_u<uid>)')
    .option('--format <name>', 'text or json', 'text')
    .action(async (flags: CredentialsFlags) => {
      const { credentials } = await import('./credentials.js')
      setStatus(await printed(async () => credentials(flags)))
    })
  addDoctorOptions(addRemoteOptions(finish(program.command('doctor')))).action(async (flags: DoctorFlags) => {
    const { doctor } = await import('./doctor.js')
    setStatus(await printed(() => doctor(flags)))
  })
  addCompletion(
    program,
    finish,
    async make => setStatus(await printed(make)),
    name => besides(name, setStatus),
  )
  addRemoteOptions(finish(program.command('locate')))
    .description('tell which servers have a file, as a redirector knows it')
    .argument('<urls...>', 'root:// URLs')
    .action(async (urls: string[]) => {
      const { locateCommand } = await import('./locate.js')
      setStatus(await printed(() => locateCommand(urls)))
    })
  addRemoteOptions(finish(program.command('merge-goldenjson')))
    .description('unite the certified luminosity sections of several golden JSON files')
    .argument('<files...>', 'golden JSON files or URLs, gzipped or not')
    .option('--output <file>', 'where the result goes (default: stdout)')
    .action(async (files: string[], flags: { output?: string }) => {
      const { mergeGoldenJsonCommand } = await import('./merge-goldenjson.js')
      setStatus(await printed(() => mergeGoldenJsonCommand(files, flags)))
    })
  for (const name of Object.keys(OUTPUT_COMMANDS) as OutputCommandName[]) {
    describeOutput(finish(program.command(name)), name, setStatus)
  }
  finish(program.command('trigger'))
    .description('print a runner for the efficiency of an electron trigger, such as Ele30_WPTight_Gsf')
    .argument('<name>', 'the path of the trigger, with or without HLT_')
    .option('--mode <name>', 'from_nanoaod, from_mini_ntuples or from_nano_ntuples', 'from_nanoaod')
    .option('--tags-pt-cut <GeV>', "the tags' transverse momentum (default: the trigger's own)")
    .option('--probes-pt-cut <GeV>', 'that of the probes, or "auto" for 3 below the threshold')
    .option('--use-sc-eta', 'eta of the supercluster', false)
    .option('--use-sc-phi', 'phi of the supercluster', false)
    .option('--keep-ecal-transition-tags', 'tags may be in the gap between barrel and endcaps', false)
    .option('--avoid-ecal-transition-probes', 'probes may not', false)
    .action(async (name: string, flags: TriggerFlags) => {
      const { trigger } = await import('./trigger.js')
      setStatus(await printed(async () => trigger(name, flags)))
    })
  addRemoteOptions(finish(addPreprocessOptions(program.command('preprocess')))).action(
    async (path: string | undefined, flags: PreprocessFlags) => {
      const { preprocessCommand } = await import('./preprocess.js')
      setStatus(await printed(() => preprocessCommand(path, flags)))
    },
  )
  addFilesetTools(finish(program.command('fileset')), async (tool, argument, path, flags: FilesetFlags) => {
    const { FILESET_TOOLS, filesetCommand } = await import('./fileset.js')
    setStatus(await printed(async () => filesetCommand(path, FILESET_TOOLS[tool](argument, flags))))
  })
  addStages(program, finish, async (stage, argument, flags) => {
    const { runStage } = await import('./stages.js')
    setStatus(await runStage(stage, argument, flags))
  })
  addRemoteOptions(finish(addJobOptions(program.command('explain'), { filesetOnStdin: false })))
    .description('print the graph of a job: stages, branches read and outputs; opens no data')
    .option('--mermaid', 'as a Mermaid flowchart', false)
    .option('--open', 'look the columns up in the first readable file of each dataset', false)
    .action(async (flags: ExplainFlags) => {
      const { explain } = await import('./explain.js')
      setStatus(await printed(async () => explain(flags)))
    })
  return program
}

/** The programs beside tnp-pipe. */
function besides(name: string, setStatus: (status: number) => void): Command | null {
  if (name === 'run-analysis') return runAnalysisProgram(setStatus)
  if (name === 'fetch-datasets') return fetchDatasetsProgram(setStatus)
  if (name === 'run-fitter') return runFitterProgram(setStatus)
  return Object.hasOwn(OUTPUT_COMMANDS, name) ? outputProgram(name as OutputCommandName, setStatus) : null
}

function describeFetch(command: Command, setStatus: (status: number) => void): Command {
  return addFetchOptions(command)
    .description('list the files of datasets, on the grid or in local folders, as a fileset')
    .action(async (flags: FetchFlags) => {
      const { fetchDatasets } = await import('./fetch.js')
      setStatus(
        await printed(async () => {
          await fetchDatasets(flags)
          return ''
        }),
      )
    })
}

function describeOutput(command: Command, name: OutputCommandName, setStatus: (status: number) => void): Command {
  return OUTPUT_COMMANDS[name](addRemoteOptions(command), async make => setStatus(await printed(make)))
}

function runAction(setStatus: (status: number) => void) {
  return async (flags: RunFlags) => {
    const { runCommand } = await import('./run.js')
    setStatus(await runCommand(flags))
  }
}

/** Prints what a command gives; a text alone means that all went well. */
async function printed(make: () => Promise<string | CommandReport>): Promise<number> {
  const warn = (message: string) => process.stderr.write(`warning: ${hideAccessIn(message)}\n`)
  const endWarnings = remoteWarnings.subscribe(warn)
  try {
    const made = await make()
    const { stdout, stderr, status } = typeof made === 'string' ? { stdout: made, stderr: '', status: EXIT.done } : made
    process.stdout.write(stdout)
    process.stderr.write(stderr)
    return status
  } catch (error) {
    const { text, status } = describeFailure(error)
    process.stderr.write(`${text}\n`)
    return status
  } finally {
    endWarnings()
  }
}

function finish(command: Command): Command {
  return command
    .hook('preAction', (_, acting) => {
      applyRemoteFlags(acting.opts())
      return fetchNamedDocuments(acting)
    })
    .version(versionWithCommit(), '-V, --version')
    .showHelpAfterError('(run with --help for the options)')
    .exitOverride()
}

/** Parses the command line and sets the process's exit status. Commander prints its own messages. A closed stdout (`| head`)
 *  is no error. */
export async function main(make: (setStatus: (status: number) => void) => Command): Promise<void> {
  await perform(make)
  // What was asked ahead of a server that does not answer must not keep the program from ending; nor, where a signal ended it, what a
  // stage of the user's is at.
  if (usesServers() || Number(process.exitCode) > SIGNALLED) process.exit()
}

/** A status above it is that of a command that a signal ended. */
const SIGNALLED = 128

async function perform(make: (setStatus: (status: number) => void) => Command): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  try {
    await make(status => {
      process.exitCode = status
    }).parseAsync(process.argv)
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
    else {
      const { text, status } = describeFailure(error)
      process.stderr.write(`${text}\n`)
      process.exitCode = status
    }
  }
}
