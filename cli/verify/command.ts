import type { Command } from 'commander'
import { canErase, note, print } from '../output.ts'
import { say, sayLater } from '../../provider/say.ts'

interface VerifyOptions {
  readonly json?: boolean
  readonly redirectUris?: boolean
  readonly stack?: string
  readonly append?: string
}

/** `pulumi-psc verify [manifest]`: obtains a token for every client and credential. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .summary(say`obtain a token for every client and credential`)
    .description(
      say`Obtains a token for every client and credential of a manifest, several at a time, and changes nothing. Leaves out PSCs at which a token has side effects, and names them.`,
    )
    .argument('[manifest]', say`the manifest (default: the stack's, or clients.yaml)`)
    .option('--stack <name>', say`use a stack's addresses and settings, from Pulumi.<name>.yaml`)
    .option('--redirect-uris', say`find out which redirect URIs of the clients are registered`)
    .option('--json', say`print one JSON document`)
    .option('--append <file>', say`append a line of JSON for each entry to a history`)
    .addHelpText('after', help)
    .action(async (file: string | undefined, options: VerifyOptions) => {
      const { closeConnections } = await import('../../provider/http/connections.ts')
      const { historyLines, jsonReport, textReport } = await import('./report.ts')
      const { openHistory } = await import('./history.ts')
      const { isFailed, targetsOf, verifyAll } = await import('./verify.ts')
      const { load } = await import('../stack.ts')
      const { terminalWidth, wrapSentences } = await import('../table.ts')
      const { json, redirectUris, stack, append } = options
      const { get, ...loaded } = load(file, stack, { isWritten: false })
      const targets = targetsOf(loaded, stack?.split('/').at(-1))
      const history = append === undefined ? undefined : openHistory(append)
      try {
        const verdicts = await verifyAll(targets, {
          ...progress(targets.length, (line) => wrapSentences(line, terminalWidth(process.stderr))),
          withUris: redirectUris,
          get,
        })
        history?.append(historyLines(verdicts))
        print(json === true ? jsonReport(verdicts) : textReport(verdicts))
        if (verdicts.some(isFailed)) process.exitCode = 1
      } finally {
        history?.close()
        await closeConnections()
      }
    })
}

const help = sayLater`
A command cannot read a secret in the configuration of a stack ({ config }).
verify reports such an entry as "not available here", not as a failure.

--stack takes psc:baseUrls, psc:timeoutSeconds and psc:maxConnections, and
without a manifest also psc:manifest. It reads nothing that is encrypted.

--redirect-uris sends authorize requests that are wrong on purpose: a PSC
redirects the error to a registered URI only. Nobody signs in. "not told" is not
a failure.

--append keeps a history for an audit: time, client, address and result, never a
token. A new file is readable by its owner only. pulumi-psc report reads it.

Exit codes: 0 nothing failed, 1 a credential failed, a redirect URI is not
registered or the manifest is wrong, 2 wrong usage, 4 the report or the
history cannot be written.`

/**
 * Overwrites one line of progress, on a terminal only. Another line takes its place until the next verdict.
 *
 * @param wrap breaks a line for the terminal.
 */
function progress(total: number, wrap: (line: string) => string) {
  const erase = canErase(process.stderr) ? '\r\x1B[K' : ''
  return {
    onVerdict(done: number) {
      if (erase !== '') note(erase + (done === total ? '' : say`${done} of ${total} …`))
    },
    show(line: string, isWarning: boolean) {
      note(`${erase}${wrap(isWarning ? `${say`warning`}: ${line}` : line)}\n`)
    },
  }
}
