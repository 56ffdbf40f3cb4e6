import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A backend that runners share, on a server of its own. */
export interface Backend {
  /** What `PULUMI_BACKEND_URL` is set to. */
  readonly url: string
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** A folder, as on a drive that machines share. */
export function startFiles(): Promise<Backend> {
  const folder = mkdtempSync(join(tmpdir(), 'psc-files-'))
  mkdirSync(join(folder, 'state'))
  return Promise.resolve({
    // Without the small file beside each state that an engine which is killed may leave half written.
    url: `${pathToFileURL(join(folder, 'state')).href}?metadata=skip`,
    env: {},
    stop() {
      rmSync(folder, { recursive: true, force: true })
      return Promise.resolve()
    },
  })
}
