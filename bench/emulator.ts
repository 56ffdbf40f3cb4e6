import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type BenchClient, emulatorConfigOf, makeFolder } from './workload.ts'

/** Runs an emulator in another process, so that its work does not count as the provider's. */
export interface BenchEmulator extends AsyncDisposable {
  readonly baseUrl: string
  /** Returns how many requests came since the last call: tokens and PUTs. */
  requests(): Promise<{ readonly token: number; readonly put: number }>
}

/** Starts the emulator. @param delayMs milliseconds by which it delays every answer. */
export async function startBenchEmulator(
  clients: readonly BenchClient[],
  delayMs: number,
): Promise<BenchEmulator> {
  const config = join(makeFolder('emulator'), 'emulator.yaml')
  writeFileSync(config, emulatorConfigOf(clients))
  const args = ['cli/main.ts', 'emulate', config, '--port', '0']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const baseUrl = await new Promise<string>((found, fail) => {
    createInterface(child.stdout).on('line', (line) => {
      const url = /^neoid +(http:\S+)/.exec(line)?.[1]
      if (url !== undefined) found(url)
    })
    child.on('exit', () => {
      fail(new Error('the emulator did not start'))
    })
  })
  const control = new URL('/_emulator/', baseUrl)
  if (delayMs > 0) {
    const answer = await fetch(new URL('faults', control), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'delay', times: 'always', delayMs }),
    })
    if (!answer.ok) throw new Error('the emulator does not delay its answers')
  }
  return {
    baseUrl,
    async requests() {
      const url = new URL('requests', control)
      const { requests } = (await (await fetch(url)).json()) as { requests: { method: string }[] }
      await fetch(url, { method: 'DELETE' })
      const put = requests.filter(({ method }) => method === 'PUT').length
      return { put, token: requests.length - put }
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((done) => child.on('exit', done))
      child.kill()
      await ended
    },
  }
}
