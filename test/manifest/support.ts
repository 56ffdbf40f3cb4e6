import { checkManifest } from '../../provider/manifest/load.ts'
import type { CheckedManifest, LoadOptions } from '../../provider/manifest/load.ts'

/** Before the end of every certificate here. */
export const now = new Date('2026-06-01T00:00:00Z')

type Contents = Readonly<Record<string, string | Uint8Array>>

/** Reads files that are only in memory, by their paths' ends. */
export function readFrom(files: Contents): NonNullable<LoadOptions['readFile']> {
  return (path, limit) => {
    const name = Object.keys(files).find((key) => path.replaceAll('\\', '/').endsWith(key))
    const content = name === undefined ? undefined : files[name]
    if (content === undefined) throw Object.assign(new Error('missing'), { code: 'ENOENT' })
    return Buffer.from(content).subarray(0, limit)
  }
}

/** Checks a manifest that is a text. */
export function check(yaml: string | Uint8Array, files: Contents = {}): CheckedManifest {
  return checkManifest('clients.yaml', {
    now,
    readFile: readFrom({ ...files, 'clients.yaml': yaml }),
  })
}

/** What `check` finds, one line a problem: place, severity, path, message and code. */
export function complaints(yaml: string | Uint8Array, files: Contents = {}): string[] {
  return check(yaml, files).problems.map(({ range, severity, path, message, code }) => {
    const place = range === undefined ? '-' : `${range.line}:${range.column}`
    return `${place} ${severity} ${path.join('.')}: ${message} [${code}]`
  })
}

/** The lines of one client's entry, without mistakes; each can be replaced. */
export const soundEntry = {
  psc: 'neoid',
  clientId: '64e587fa-4f30-487d-96f0-44e6b14ff620',
  clientSecret: '{ env: PORTAL_SECRET }',
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: '[https://portal.exemplo.gov.br/callback]',
  certificate: '{ hosts: [portal.exemplo.gov.br] }',
}

/** A manifest of one client; `undefined` leaves a line out. */
export function manifestOf(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const values: Readonly<Record<string, string | undefined>> = { ...soundEntry, ...changes }
  const lines = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `    ${key}: ${value ?? ''}\n`)
  return `clients:\n  portal:\n${lines.join('')}`
}
