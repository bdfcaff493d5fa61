/** The parts of jsroot that lib/root uses; the package's own declarations say no more than that its modules exist. */
declare module 'jsroot/io' {
  /** To be derived from: a file as jsroot asks for it. */
  export class FileProxy {
    openFile(): Promise<boolean>
    getFileName(): string
    getFileSize(): number
    readBuffer(position: number, length: number): Promise<DataView>
  }
  export function openFile(file: FileProxy): Promise<{ readObject(name: string): Promise<unknown> }>
}

declare module 'jsroot/core' {
  /** What jsroot's modules share with each other. */
  export const internals: {
    _ZstdStream?: { decompress(frame: Uint8Array): Uint8Array }
    /** Put in place of jsroot's own at build (scripts/bundle-libraries.mjs): gives the number of bytes that it has put into `room`. */
    _inflate?: (block: Uint8Array, room: Uint8Array) => number
  }
}
