import { createRequire } from 'node:module'
import { EnvHttpProxyAgent, fetch } from 'undici'

const reachable = 5_000

interface Installer {
  readonly installCLI: (
    version: string,
    root: string,
    io: { fetchText: (url: string) => Promise<string> },
  ) => Promise<void>
}

/**
 * Installs the CLI into a folder with Pulumi's own installer, a part of the npm package `pulumi`.
 *
 * @returns the reason of a failure, or undefined
 */
export async function download(version: string, root: string): Promise<string | undefined> {
  const { installCLI } = createRequire(import.meta.url)('pulumi/lib/download.js') as Installer
  try {
    await installCLI(version, root, { fetchText })
    return undefined
  } catch (error) {
    return describe(error)
  }
}

/** Fetches a text within a limit. Behind a firewall that drops packets Node.js would wait for minutes. */
async function fetchText(url: string): Promise<string> {
  const dispatcher = new EnvHttpProxyAgent()
  const answer = await fetch(url, { dispatcher, signal: AbortSignal.timeout(reachable) })
  if (!answer.ok) throw new Error(`status ${answer.status}`)
  return answer.text()
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
