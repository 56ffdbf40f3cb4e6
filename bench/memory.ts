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
  const look = () => {
    for (const pid of findProviders(folder)) {
      const kilobytes = Number(/^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
      peak = Math.max(peak ?? 0, kilobytes / 1024)
    }
  }
  const timer = setInterval(look, 200)
  return {
    peak: () => peak,
    [Symbol.dispose]() {
      clearInterval(timer)
    },
  }
}

/** The host's process and what it was started with. */
function findProviders(folder: string): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter((name) => {
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
