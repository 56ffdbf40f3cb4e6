import { once } from 'node:events'
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A way to a server that remembers everything confidential that the server gives. */
export interface Recorder {
  readonly url: string
  /** Every token and secret that went by, by the field that held it. */
  readonly given: readonly (readonly [field: string, value: string])[]
  /** While true, every request is refused with all that was sent, in every form. */
  repeats: boolean
  close(): Promise<void>
}

const confidential = ['access_token', 'client_secret', 'refresh_token']

/** @param target where the server is: `http://127.0.0.1:…` */
export async function startRecorder(target: string): Promise<Recorder> {
  const given: (readonly [string, string])[] = []
  const recorder = { repeats: false }
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => {
      // The server was made to break the connection off.
      outgoing.destroy()
    })
  })
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const asked = await buffer(incoming)
    if (recorder.repeats) {
      outgoing.writeHead(412, { 'content-type': 'application/json' })
      outgoing.end(JSON.stringify(repeatAll(incoming, asked.toString())))
      return
    }
    const { method, headers } = incoming
    const onward = forward(new URL(incoming.url ?? '/', target), { method, headers })
    onward.end(asked)
    const [reply] = (await once(onward, 'response')) as [IncomingMessage]
    const body = await buffer(reply)
    remember(body.toString())
    outgoing.writeHead(reply.statusCode ?? 500, reply.headers)
    outgoing.end(body)
  }
  const remember = (text: string): void => {
    try {
      for (const [field, value] of Object.entries(JSON.parse(text) as object)) {
        if (confidential.includes(field)) given.push([field, String(value)])
      }
    } catch {
      // It was no JSON.
    }
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(recorder, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    given,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

/** A refusal such as a careless server could give. */
function repeatAll({ headers }: IncomingMessage, body: string): object {
  const fields = [...new URLSearchParams(body).values(), ...leaves(body)]
  const repeated = [headers.authorization?.replace(/^Bearer /, '') ?? '', ...fields].flatMap(
    (text) => [text, encodeURIComponent(text), Buffer.from(text).toString('base64')],
  )
  return { code: 'URI_INVALIDA', msg: repeated.join(' '), debug: body }
}

function leaves(body: string): string[] {
  try {
    return Object.values(JSON.parse(body) as object).map(String)
  } catch {
    return []
  }
}
