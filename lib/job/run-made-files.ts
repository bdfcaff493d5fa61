/** What a run needs of files that workers have made. */
import type { MadeFile, MadeFiles } from '../core/types.js'
import type { NameFile } from './staged-output.js'

/** Of one run. */
export interface RunMadeFiles extends MadeFiles {
  /** From now on workers may make files; their folders are there. Throws OutputError. */
  offer(): Promise<void>
  /** Is the file there still, as it was made? For a run that is continued, whose files may have got their names. */
  isThere(file: MadeFile): Promise<boolean>
  /** After a run that was stopped: removes what attempts of any run have left, but the files in `keep`, which are named as MadeFile's `at`;
   *  when this run is closed once more, since the workers of the other may have ended later. What cannot be removed is left. */
  clear(keep: ReadonlySet<string>): Promise<void>
  /** After the workers have ended: removes what they have left, but the files in `keep`, and the files in `forgotten`. */
  close(keep: ReadonlySet<string>, forgotten: ReadonlySet<string>): Promise<void>
  /** Of outputs at a server: see RemoteOutput. */
  readonly nameFile?: NameFile
}
