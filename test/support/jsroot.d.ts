/** The few functions of jsroot that tests use to read files back; the package describes none of these modules itself. */
declare module 'jsroot/io' {
  export interface JsrootFile {
    readObject(path: string): Promise<unknown>
  }
  export function openFile(file: ArrayBufferLike | string): Promise<JsrootFile>
}

declare module 'jsroot/tree' {
  export class TSelector {
    tgtobj: Record<string, unknown>
    Process: (entry: number) => void
    addBranch(name: string): void
  }
  export function treeProcess(tree: unknown, selector: TSelector): Promise<TSelector>
}

declare module 'jsroot/rntuple' {
  export function readHeaderFooter(ntuple: unknown): Promise<unknown>
  export function rntupleProcess(ntuple: unknown, selector: import('jsroot/tree').TSelector): Promise<unknown>
}
