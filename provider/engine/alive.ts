import { connect, type Socket } from 'node:net'

/** The wait for an answer of the engine, in milliseconds. An engine that does not answer in time counts as running. */
const answerMs = 1_000

const addressOfEngine = /^(127\.0\.0\.1|localhost|\[::1\]):(\d+)$/

/** The interval between checks for the engine, in milliseconds. */
const lookMs = 2_000

/**
 * Tells whether the engine that started this process still runs.
 *
 * A killed engine leaves its provider process behind. Its retries could overwrite the writes of a later run.
 *
 * @param address the address of the engine. Default: the first argument, as Pulumi's dynamic provider host gets it. Without
 * an address, this process is a command or a test, which needs no engine.
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
 * Ends this process after its engine. No other process would end it, and its environment contains the pipeline's secrets.
 * Does nothing in a command or a test.
 */
export function endWithEngine(address = process.argv[2] ?? ''): void {
  if (!addressOfEngine.test(address)) return
  // Nothing reads what is printed after the engine. Pulumi's host would print that error too, and so on without an end, and
  // no timer would run.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => process.exit(1))
  }
  const look = async () => {
    if (!(await engineIsThere(address))) process.exit(1)
  }
  setInterval(() => void look(), lookMs).unref()
}
