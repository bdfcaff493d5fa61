/** The commands that make shells complete command lines. */
import { basename } from 'node:path'
import { Argument, type Command } from 'commander'
import type { ShellName } from './completion/index.js'

/** programs: a command by the name of its program; null where there is none. */
export function addCompletion(
  program: Command,
  finish: (command: Command) => Command,
  print: (make: () => Promise<string>) => Promise<void>,
  programs: (name: string) => Command | null,
): void {
  finish(program.command('completion'))
    .description('print what makes a shell complete commands, options and their values')
    .addArgument(new Argument('<shell>', 'which one').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      '\nIn ~/.bashrc or ~/.zshrc:  eval "$(tnp-pipe completion bash)"\nOnce for fish:  tnp-pipe completion fish > ~/.config/fish/completions/tnp-pipe.fish',
    )
    .action((shell: ShellName) => print(async () => (await load()).COMPLETION_SCRIPTS[shell]))
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action((words: readonly string[]) =>
      print(async () => {
        const { complete, completionText } = await load()
        return completionText(complete(programs(basename(words[0] ?? '')) ?? program, words))
      }),
    )
}

async function load() {
  return await import('./completion/index.js')
}
