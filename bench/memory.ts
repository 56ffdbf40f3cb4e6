import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Holds peaks of memory in MiB; undefined if the system does not report them. */
export interface PeakMemory {
  /** The largest provider process. */
  readonly provider: number | undefined
  /** All processes together: the CLI, the engines, the programs and the providers. */
  readonly all: number | undefined
}

/**
 * Returns the seconds of processor time of all ended children of this process, and of theirs. NaN if the system does not
 * report them.
 */
export function processorSeconds(): number {
  // The fields 16 and 17 of proc_pid_stat(5), in hundredths; the name in field 2 may contain a blank.
  const [, fields = ''] = read('/proc/self/stat').split(') ')
  const [user = NaN, system = NaN] = fields.split(' ').slice(13, 15).map(Number)
  return (user + system) / 100
}

/** Watches the memory of a command. */
export interface MemoryWatch extends Disposable {
  peak(): PeakMemory
}

/** Samples the processes that work in a folder, five times a second. Only Linux reports them. */
export function watchPeakMemory(folder: string): MemoryWatch {
  let peak: PeakMemory = { provider: undefined, all: undefined }
  const look = () => {
    const pids = processesIn(folder)
    if (pids.length === 0) return
    const all = pids.reduce((sum, pid) => sum + mebibytes(pid, 'VmRSS'), 0)
    // The system itself records the peak of one process.
    const providers = pids.filter((pid) =>
      /dynamic-provider|pulumi-resource-psc/.test(read(`/proc/${pid}/cmdline`)),
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
