import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Watches for a command's provider process. */
export interface MemoryWatch extends Disposable {
  /** The most that it had in memory at once, in MiB. */
  peak(): number | undefined
}

/**
 * Watches the dynamic provider's process that works in a folder. The system itself keeps its peak, so it is enough to
 * look now and then; only Linux tells.
 */
export function watchPeakMemory(folder: string): MemoryWatch {
  let peak: number | undefined
  let pid: string | undefined
  const look = () => {
    pid ??= findProvider(folder)
    if (pid === undefined) return
    const kilobytes = Number(/^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
    if (kilobytes > 0) peak = kilobytes / 1024
  }
  const timer = setInterval(look, 100)
  return {
    peak: () => peak,
    [Symbol.dispose]() {
      clearInterval(timer)
    },
  }
}

function findProvider(folder: string): string | undefined {
  if (process.platform !== 'linux') return undefined
  return readdirSync('/proc').find((name) => {
    if (!/^\d+$/.test(name) || !read(`/proc/${name}/cmdline`).includes('dynamic-provider')) {
      return false
    }
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
