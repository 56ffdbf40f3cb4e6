import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** The most that was in memory at once, in MiB; undefined where the system does not tell. */
export interface PeakMemory {
  /** Of one provider process. */
  readonly provider: number | undefined
  /** Of everything together: the CLI, the engines, the programs and the providers. */
  readonly all: number | undefined
}

/** Watches what a command needs. */
export interface MemoryWatch extends Disposable {
  peak(): PeakMemory
}

/** Watches the processes that work in a folder, five times a second; only Linux tells. */
export function watchPeakMemory(folder: string): MemoryWatch {
  let peak: PeakMemory = { provider: undefined, all: undefined }
  const look = () => {
    const pids = processesIn(folder)
    if (pids.length === 0) return
    const all = pids.reduce((sum, pid) => sum + mebibytes(pid, 'VmRSS'), 0)
    // Of one process the system itself keeps the peak.
    const providers = pids.filter((pid) =>
      read(`/proc/${pid}/cmdline`).includes('dynamic-provider'),
    )
    const most = Math.max(...providers.map((pid) => mebibytes(pid, 'VmHWM')), peak.provider ?? 0)
    peak = { provider: most === 0 ? undefined : most, all: Math.max(all, peak.all ?? 0) }
  }
  const timer = setInterval(look, 200)
  return {
    peak: () => peak,
    [Symbol.dispose]() {
      clearInterval(timer)
    },
  }
}

function mebibytes(pid: string, field: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes] =
    new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(read(`/proc/${pid}/status`)) ?? []
  return Number(kilobytes ?? 0) / 1024
}

function processesIn(folder: string): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      return readlinkSync(join('/proc', name, 'cwd')) === folder
    } catch {
      return false
    }
  })
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
