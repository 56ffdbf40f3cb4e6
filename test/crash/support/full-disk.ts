import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A place for a state on which nothing more can be written when a test wants it so. */
export interface Disk {
  readonly folder: string
  fill(): void
  free(): void
  remove(): void
}

/** A small file system of its own where that is allowed; elsewhere the folder of the stacks is taken away. */
export function createDisk(folder: string): Disk {
  mkdirSync(folder, { recursive: true })
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
  return mounted.status === 0 ? small(folder) : withoutStacks(folder)
}

function small(folder: string): Disk {
  const filler = join(folder, 'filler')
  return {
    folder,
    fill() {
      const file = openSync(filler, 'w')
      try {
        for (;;) writeSync(file, Buffer.alloc(4096))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(file)
      }
    },
    free() {
      rmSync(filler)
    },
    remove() {
      spawnSync('umount', [folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function withoutStacks(folder: string): Disk {
  const stacks = join(folder, '.pulumi', 'stacks')
  const aside = join(folder, 'stacks')
  return {
    folder,
    fill() {
      renameSync(stacks, aside)
      closeSync(openSync(stacks, 'w'))
    },
    free() {
      rmSync(stacks)
      renameSync(aside, stacks)
    },
    remove() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
