// A process that sends one request to the origin that it is given, and has nothing else to do.
import { send } from '../../../provider/http/send.ts'
import { post } from './request.ts'

const [, , origin = ''] = process.argv

const request = { ...post(origin), repeatable: false }

try {
  const { status } = await send(request, {
    time: { leftMs: 60_000 },
    maxConnections: 8,
  })
  console.log(status)
} catch (error) {
  if (!(error instanceof Error && 'kind' in error)) throw error
  console.log(`${String(error.kind)}: ${error.message}`)
}
