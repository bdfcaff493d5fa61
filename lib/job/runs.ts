/** The runs of this thread. They share its open files and the settings of servers, which the one that began last decides; all know the
 *  files of each. */
import { type RemoteSettings, remoteSettings, setRemoteSettings } from '../bytes/settings.js'
import { shared } from '../core/shared.js'

/** One run that is under way. */
export interface UnderWay {
  /** Settings of this run, in place of what was set for it before. */
  set(own: Partial<RemoteSettings>): void
  /** What held before the first run holds again after the last. Gives true where no other run is under way. */
  end(): boolean
}

const state = shared('runs', () => ({ before: remoteSettings(), own: new Map<UnderWay, Partial<RemoteSettings>>() }))

export function beginRun(): UnderWay {
  if (state.own.size === 0) state.before = remoteSettings()
  const run: UnderWay = {
    set: own => {
      state.own.set(run, own)
      apply()
    },
    end: () => {
      state.own.delete(run)
      apply()
      return state.own.size === 0
    },
  }
  state.own.set(run, {})
  return run
}

function apply(): void {
  const { before } = state
  const all = [...state.own.values()]
  const access: Record<string, string> = Object.assign({}, before.access, ...all.map(own => own.access))
  setRemoteSettings({ ...before, ...all.at(-1), access })
}
