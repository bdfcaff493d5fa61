/** What writers of remote files stand on. A remote sink is one more implementation of ByteSink. */

/** One file that is being written, under a temporary name. Duties of every implementation:
 *  - bytes may be written at any position, several calls at once; a range that is written twice is a fault of the caller;
 *  - before `commit` nothing stands under the final name; after it, the whole file;
 *  - `abort` removes what was written, does nothing after `commit`, and may be called twice. */
export interface ByteSink {
  /** The final URL as the user gave it. */
  readonly name: string
  /** Throws OutputError. `bytes` may be used again when the promise has resolved. */
  write(position: number, bytes: Uint8Array, signal?: AbortSignal): Promise<void>
  /** Closes the file, checks its size and, where given and the server can tell, its Adler-32 checksum (eight hexadecimal digits),
   *  and gives it its name, in place of what had it. Throws OutputError; then nothing is left. */
  commit(expected: { readonly size: number; readonly adler32: string }, signal?: AbortSignal): Promise<void>
  abort(): Promise<void>
}

export interface FileStatus {
  /** In bytes. */
  readonly size: number
  /** null where the server does not say. */
  readonly modified: Date | null
  readonly isFolder: boolean
}

export interface FolderEntry extends FileStatus {
  /** Without the folder. */
  readonly name: string
}

/** The files of one kind of server. URLs are whole ones, as `parseAddress` takes them. All throw DataError with Python's name of the
 *  failure ('FileNotFoundError', 'PermissionError', 'TimeoutError', 'ConnectionError', 'OSError'), but for what is said. */
export interface RemoteFiles {
  /** null: there is nothing of that name. */
  status(url: string, signal?: AbortSignal): Promise<FileStatus | null>
  /** Sorted by name. */
  list(url: string, signal?: AbortSignal): Promise<FolderEntry[]>
  /** With its parents; one that is there already is fine. */
  makeFolder(url: string, signal?: AbortSignal): Promise<void>
  remove(url: string, signal?: AbortSignal): Promise<void>
  /** Gives a file of known size another name at the same server, in place of what had it. Throws OutputError as well. */
  rename(from: string, to: string, size: number, signal?: AbortSignal): Promise<void>
  /** Checksum of the whole file, eight hexadecimal digits; null where the server does not tell. */
  adler32(url: string, signal?: AbortSignal): Promise<string | null>
  /** Begins a file of known length at `url`, in folders that are made where they are missing. Throws OutputError. */
  create(url: string, size: number, signal?: AbortSignal): Promise<ByteSink>
}
