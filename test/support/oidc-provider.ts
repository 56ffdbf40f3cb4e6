import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mock } from 'node:test'
import type { Configuration } from 'oidc-provider'

/** A server of OAuth 2.0 that others have written. */
export interface OidcProvider {
  /** Its base URL too: the services are at `/authorize` and `/token`. */
  readonly issuer: string
  /** Answers from now on as one with this configuration. */
  configure(configuration: Configuration): void
  /** The cookies of each request, oldest first. */
  readonly cookies: readonly (string | undefined)[]
  close(): void
}

/** Starts oidc-provider on a free port of loopback. */
export async function startOidcProvider(configuration: Configuration): Promise<OidcProvider> {
  // It warns of what is only good enough for development.
  for (const method of ['warn', 'info'] as const) mock.method(console, method, () => undefined)
  const { default: Provider } = await import('oidc-provider')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const routes = { authorization: '/authorize', token: '/token' }
  const open = (given: Configuration) => new Provider(issuer, { routes, ...given }).callback()
  let answer = open(configuration)
  const cookies: (string | undefined)[] = []
  server.on('request', (request, response) => {
    cookies.push(request.headers.cookie)
    void answer(request, response)
  })
  return {
    issuer,
    cookies,
    configure(given) {
      answer = open(given)
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
