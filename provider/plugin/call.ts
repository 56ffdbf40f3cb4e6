import { createContext, type Shared } from '../engine/context.ts'
import { RefusedError } from './errors.ts'
import type { Log } from './log.ts'
import type { PreviewRun } from './preview-run.ts'
import type { Call } from './resource.ts'
import type { GetConfig } from './settings.ts'

/** Holds the settings of a provider. */
export interface Settings {
  readonly get: GetConfig
  /** Tells whether a key of the stack's configuration holds its value unencrypted. */
  readonly isPlain: (key: string) => boolean
}

/** Holds what the calls of a process share. */
interface Process extends Settings {
  readonly log: Log
  readonly shared: Shared
  readonly run: PreviewRun
}

/** Makes the call of the engine about a resource. */
export function openCall(urn: string, { log, shared, run, get, isPlain }: Process): Call {
  const show = (line: string, isWarning: boolean) => {
    log.write(isWarning ? 'warning' : 'info', urn, line)
  }
  return {
    urn,
    context: createContext(get, undefined, { ...shared, show }),
    warn(line) {
      const mark = `${urn} ${line}`
      if (shared.shown.has(mark)) return
      shared.shown.add(mark)
      show(line, true)
    },
    isPlain,
    remember(failures) {
      run.remember(urn, failures.length > 0 ? new RefusedError(failures) : undefined)
    },
    remembered: () => run.remembered(urn),
    refuse: (refusal) => run.refuse(urn, refusal),
    cancelled: run.cancelled,
    note: (outcome) => {
      run.note(outcome)
    },
  }
}
