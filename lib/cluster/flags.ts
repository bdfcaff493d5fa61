/** What the command line says of a cluster. */

/** Flags of the reference, and of our own: --tls, --image, --scheduler-host, --performance-report. */
export interface ClusterFlags {
  readonly cores?: number
  readonly memory?: string
  readonly disk?: string
  readonly scaleout?: number
  readonly adaptive?: boolean
  readonly queue?: string
  readonly walltime?: string
  readonly jobflavour?: string
  readonly logDirectory?: string
  readonly voms?: string
  readonly dashboardAddress?: string
  readonly port?: number
  readonly python?: string
  readonly tls?: boolean
  readonly image?: string
  readonly schedulerHost?: string
  readonly performanceReport?: string
}
