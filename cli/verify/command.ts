import type { Command } from 'commander'
import { note, print } from '../output.ts'

/** `pulumi-psc verify [manifest]`: obtains a token for every client and credential. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .summary('obtain a token for every client and credential')
    .description(
      'Obtains a token for every client and credential of a manifest, several at a time, and changes nothing. Leaves out PSCs at which a token has side effects, and names them.',
    )
    .argument('[manifest]', 'the manifest', 'clients.yaml')
    .option('--redirect-uris', 'find out which redirect URIs of the clients are registered')
    .option('--json', 'print one JSON document')
    .addHelpText('after', help)
    .action(async (manifest: string, options: { json?: boolean; redirectUris?: boolean }) => {
      const { closeConnections } = await import('../../provider/http/connections.ts')
      const { jsonReport, textReport } = await import('./report.ts')
      const { isFailed, readTargets, verifyAll } = await import('./verify.ts')
      const targets = readTargets(manifest)
      try {
        const verdicts = await verifyAll(targets, progress(targets.length), options.redirectUris)
        print(options.json === true ? jsonReport(verdicts) : textReport(verdicts))
        if (verdicts.some(isFailed)) process.exitCode = 1
      } finally {
        await closeConnections()
      }
    })
}

const help = `
A command cannot read a secret in the configuration of a stack ({ config }).
verify reports such an entry as "not available here", not as a failure.

--redirect-uris sends authorize requests that are wrong on purpose: a PSC
redirects the error to a registered URI only. Nobody signs in. "not told" is not
a failure.

Exit codes: 0 nothing failed, 1 a credential failed, a redirect URI is not
registered or the manifest is wrong, 2 wrong usage, 4 the report cannot be
written.`

/** Overwrites one line of progress, on a terminal only. */
function progress(total: number): (done: number) => void {
  if (!process.stderr.isTTY) return () => undefined
  return (done) => {
    note(done === total ? '\r\x1B[K' : `\r\x1B[K${done} of ${total} …`)
  }
}
