/** Options of what stands above the frames of figures. */
import type { Command } from 'commander'

export function addLabelOptions(command: Command): Command {
  return command
    .option('--experiment <text>', 'bold, above the frame', 'CMS')
    .option('--status <text>', 'italic, after it: Preliminary, Work in progress, Simulation, ""', 'Preliminary')
    .option('--lumi <number>', 'integrated luminosity in fb^-1')
    .option('--energy <TeV>', 'of the collisions; "" for none', '13.6')
    .option('--year <text>', 'of the data')
}
