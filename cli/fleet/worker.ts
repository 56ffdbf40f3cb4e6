// A process of `pulumi-psc fleet`: runs one stack after the other, each through Pulumi's Automation API. Every worker is a
// process, because an error in one program of the Automation API reaches all programs of its process.
import process from 'node:process'
import type { ManifestClient } from '../../provider/manifest/index.ts'
import { proveHere } from '../../provider/proof/in-program.ts'
import { speakAsAsked } from '../language.ts'
import { type Engine, openEngine } from './engine.ts'
import type { FleetSettings, Reply, Request } from './protocol.ts'
import { runStack } from './run-stack.ts'
import type { Counts } from './outcomes.ts'

const settings = JSON.parse(process.argv[2] ?? '{}') as FleetSettings

await speakAsAsked(['--lang', settings.language], {})

const stopped = new AbortController()

let engine: Promise<Engine> | undefined

let isBusy = false

process.on('message', (request: Request) => void serve(request))

// The command has finished with this process, or has ended: the engine completes its operations.
process.on('disconnect', () => {
  stopped.abort()
  endWhenDone()
})

/** Ends this process, also while an interrupted program still waits for a PSC. */
function endWhenDone(): void {
  if (!isBusy && !process.connected) process.exit()
}

let onDeclared = (_: readonly ManifestClient[]): void => undefined

/** Asks the command which of these clients the manifest declares, in whichever stack. */
function findDeclared(clients: readonly string[]): Promise<readonly ManifestClient[]> {
  return new Promise((resolve) => {
    onDeclared = resolve
    send({ kind: 'leaving', clients })
  })
}

async function serve(request: Request): Promise<void> {
  if (request.kind === 'stop') {
    stopped.abort()
    return
  }
  if (request.kind === 'declared') {
    onDeclared(request.clients)
    return
  }
  isBusy = true
  try {
    const opened = await (engine ??= openEngine(settings))
    if (request.kind === 'list') send({ kind: 'listed', stacks: await opened.list() })
    else {
      const onCount = (counts: Counts) => {
        send({ kind: 'counted', counts })
      }
      const ended = new AbortController()
      proveHere(ended.signal)
      const result = await runStack(
        opened,
        settings,
        request,
        { onCount, findDeclared },
        stopped.signal,
      )
      ended.abort()
      // The SDK never ends a program that its engine interrupted, and passes it the errors of the next program.
      process.removeAllListeners('uncaughtException').removeAllListeners('unhandledRejection')
      send({ kind: 'done', result })
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    send({ kind: 'broken', code: 'ERR_PSC_ENGINE', detail })
  }
  isBusy = false
  endWhenDone()
}

function send(reply: Reply): void {
  if (process.connected) process.send?.(reply)
}
