// A process of `psc fleet`: runs one stack after the other, each through Pulumi's Automation API. Every worker is a
// process, because what goes wrong in one program of the Automation API reaches all programs of its process.
import process from 'node:process'
import { proveHere } from '../../provider/proof/in-program.ts'
import { type Engine, openEngine } from './engine.ts'
import type { FleetSettings, Reply, Request } from './protocol.ts'
import { runStack } from './run-stack.ts'
import type { Counts } from './tally.ts'

const settings = JSON.parse(process.argv[2] ?? '{}') as FleetSettings

const stopped = new AbortController()

let engine: Promise<Engine> | undefined

let isBusy = false

process.on('message', (request: Request) => void serve(request))

// Whoever started this is done with it, or gone: the engine stops in good order.
process.on('disconnect', () => {
  stopped.abort()
  endWhenDone()
})

/** Also where a program that was cut short waits for a PSC still. */
function endWhenDone(): void {
  if (!isBusy && !process.connected) process.exit()
}

async function serve(request: Request): Promise<void> {
  if (request.kind === 'stop') {
    stopped.abort()
    return
  }
  isBusy = true
  try {
    const opened = await (engine ??= openEngine(settings))
    if (request.kind === 'list') tell({ kind: 'listed', stacks: await opened.list() })
    else {
      const onCount = (counts: Counts) => {
        tell({ kind: 'counted', counts })
      }
      const ended = new AbortController()
      proveHere(ended.signal)
      const result = await runStack(opened, settings, request, onCount, stopped.signal)
      ended.abort()
      // For the SDK a program that its engine cut short never ends, and still hears what goes wrong in the next one.
      process.removeAllListeners('uncaughtException').removeAllListeners('unhandledRejection')
      tell({ kind: 'done', result })
    }
  } catch (error) {
    tell({ kind: 'broken', message: error instanceof Error ? error.message : String(error) })
  }
  isBusy = false
  endWhenDone()
}

function tell(reply: Reply): void {
  if (process.connected) process.send?.(reply)
}
