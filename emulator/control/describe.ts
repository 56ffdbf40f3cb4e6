import type { RecordedRequest } from './request-log.ts'

/** One line for a person at a terminal: what was asked, by whom, and the answer's status. */
export function describe({ method, path, status, psc, clientId, fault }: RecordedRequest): string {
  const who = [psc, clientId, fault && `fault ${fault}`]
    .filter((part) => part !== undefined)
    .join(', ')
  return printable(`${method} ${path} ${status ?? 'no answer'}${who && ` (${who})`}`)
}

/** What a request brings could hold a terminal's escape sequences. */
function printable(text: string): string {
  return text.slice(0, 300).replace(/\p{C}/gu, '?')
}
