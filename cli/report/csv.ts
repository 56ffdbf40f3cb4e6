import { printable } from '../../provider/rules/text.ts'
import type { Language } from '../language.ts'
import type { Report } from './model.ts'
import { secretText } from './properties.ts'
import { resultWord } from './wording.ts'
import { words } from './words.ts'

/** Excel reads a file without it in the code page of the machine, and breaks every accent. */
const byteOrderMark = '\uFEFF'

/**
 * Writes the inventory, one row a client. Dates are ISO 8601 in UTC, which every spreadsheet sorts.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvReport({ clients }: Report, language: Language): string {
  const { columns, statuses, results } = words[language]
  const rows = clients.map((client) => {
    const { certificate, applied, verified, secret } = client
    const values: Readonly<Record<keyof typeof columns, string | null | undefined>> = {
      stack: client.stack,
      entry: client.entry,
      name: client.name,
      clientId: client.clientId,
      email: client.email,
      comments: client.comments,
      psc: client.psc,
      environment: client.environment,
      baseUrl: client.baseUrl,
      status: statuses[client.status],
      redirectUris: client.redirectUris.join(' '),
      certificateHosts: certificate?.hosts.join(' '),
      certificateEnd: certificate?.notAfter,
      certificateFingerprint: certificate?.fingerprint256,
      secret: secret?.kind === 'inline' ? words[language].inlineSecret : secretText(secret),
      appliedAt: applied?.at,
      echo: applied ? words[language].echoes[applied.echo] : null,
      verifiedAt: verified?.at,
      verifiedResult: verified ? resultWord(results, verified) : null,
      verifiedCode: verified?.code,
    }
    return (Object.keys(columns) as (keyof typeof columns)[]).map((column) => values[column] ?? '')
  })
  const lines = [Object.values(columns), ...rows].map((cells) => cells.map(cell).join(','))
  return byteOrderMark + lines.map((line) => `${line}\r\n`).join('')
}

/**
 * Writes a cell. A spreadsheet runs a cell that begins with one of these characters as a formula, also between quotes.
 * The apostrophe before it makes it a text.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function cell(value: string): string {
  const text = printable(value)
  const safe = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%]/.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
