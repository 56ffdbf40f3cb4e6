import { connect, type Socket } from 'node:net'

/** An engine on this machine that does not answer within this, in milliseconds, is busy and not gone. */
const answerMs = 1_000

const addressOfEngine = /^(127\.0\.0\.1|localhost|\[::1\]):(\d+)$/

/** How often a provider process looks for its engine, in milliseconds. */
const lookMs = 2_000

/**
 * Whether the engine that started this process is still there.
 *
 * One that was killed leaves its provider process behind, and what that still repeats would overwrite what a
 * later run has written.
 *
 * @param address where the engine listens. Default: the first argument, which is it for Pulumi's dynamic provider host.
 * Without one this process is a command or a test, which depends on no engine.
 */
export async function engineIsThere(
  address = process.argv[2] ?? '',
  open: (to: { host: string; port: number }) => Socket = connect,
): Promise<boolean> {
  const [, host, port] = addressOfEngine.exec(address) ?? []
  if (host === undefined) return true
  const socket = open({ host: host.replace(/[[\]]/g, ''), port: Number(port) })
  return await new Promise<boolean>((resolve) => {
    socket.once('connect', () => {
      resolve(true)
    })
    socket.setTimeout(answerMs, () => {
      resolve(true)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code !== 'ECONNREFUSED')
    })
  }).finally(() => socket.destroy())
}

/**
 * Ends this process when the engine that started it is gone: nobody else would end it, and it holds the pipeline's
 * secrets in its environment. Does nothing where {@link engineIsThere} would not ask.
 */
export function endWithEngine(address = process.argv[2] ?? ''): void {
  if (!addressOfEngine.test(address)) return
  const look = async () => {
    if (!(await engineIsThere(address))) process.exit(1)
  }
  setInterval(() => void look(), lookMs).unref()
}
