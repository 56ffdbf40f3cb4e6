// A process of `psc fleet`: runs one stack after the other, each through Pulumi's Automation API. Every worker is a
// process, because what goes wrong in one program of the Automation API reaches all programs of its process.
import process from 'node:process'
import { proveHere } from '../../provider/resources/prove-new.ts'
import type { Reply, Request, FleetSettings } from './protocol.ts'
import { openEngine, type Engine } from './engine.ts'
import { runStack } from './run-stack.ts'
import type { Counts } from './tally.ts'

const settings = JSON.parse(process.argv[2] ?? '{}') as FleetSettings
const stopped = new AbortController()
let engine: Promise<Engine> | undefined

proveHere()
process.on('message', (request: Request) => void serve(request))
// Whoever started this is gone: the engine stops in good order.
process.on('disconnect', () => {
  stopped.abort()
})

async function serve(request: Request): Promise<void> {
  if (request.kind === 'stop') {
    stopped.abort()
    return
  }
  try {
    const opened = await (engine ??= openEngine(settings))
    if (request.kind === 'list') tell({ kind: 'listed', stacks: await opened.list() })
    else {
      const onCount = (counts: Counts) => {
        tell({ kind: 'counted', counts })
      }
      const result = await runStack(opened, settings, request, onCount, stopped.signal)
      // For the SDK a program that its engine cut short never ends, and still hears what goes wrong in the next one.
      process.removeAllListeners('uncaughtException').removeAllListeners('unhandledRejection')
      tell({ kind: 'done', result })
    }
  } catch (error) {
    tell({ kind: 'broken', message: error instanceof Error ? error.message : String(error) })
  }
}

function tell(reply: Reply): void {
  if (process.connected) process.send?.(reply)
}
