/** What kind of thing went wrong before there was an answer. */
export type FailureKind = 'dns' | 'connection' | 'timeout' | 'tls' | 'proxy' | 'body'

/**
 * No answer, or none that could be read whole.
 *
 * Its message names the address and the kind of failure, never a header or a body.
 */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure'
  readonly code = 'ERR_PSC_HTTP'
  readonly kind: FailureKind
  /** Whether the same request may succeed when it is sent again. */
  readonly transient: boolean

  constructor(kind: FailureKind, message: string, transient: boolean, cause?: unknown) {
    super(message, { cause })
    this.kind = kind
    this.transient = transient
  }
}

/**
 * Names the failure of an attempt, from the codes of Node's sockets, its TLS, and undici; undefined for what is
 * no failure of the network.
 */
export function toHttpFailure(
  error: unknown,
  origin: string,
  attemptMs: number,
): HttpFailure | undefined {
  if (error instanceof HttpFailure) return error
  const code = codeOf(error)
  const named = (kind: FailureKind, message: string, transient: boolean) =>
    new HttpFailure(kind, message, transient, error)
  if (isTimeout(error, code)) {
    return named('timeout', `${origin} did not answer within ${seconds(attemptMs)} s`, true)
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return named('dns', `the name of ${origin} could not be resolved (DNS: ${code})`, true)
  }
  if (isProxy(error, code)) {
    return named(
      'proxy',
      `the proxy refused the connection to ${origin} (${proxyReason(error)})`,
      true,
    )
  }
  if (tlsCodes.test(code)) {
    const advice =
      'check the address, or add your own certificate authority with NODE_EXTRA_CA_CERTS'
    return named(
      'tls',
      `the TLS certificate of ${origin} is not trusted (${code}): ${advice}`,
      false,
    )
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return named('tls', `${origin} could not agree on TLS (${code})`, false)
  }
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return named('connection', `${origin} did not answer in HTTP (${code})`, false)
  }
  if (connectionCodes.test(code)) {
    return named('connection', `the connection to ${origin} failed (${code})`, true)
  }
  return undefined
}

const connectionCodes = /^(ECONN|EPIPE$|EHOST|ENET|EADDRNOTAVAIL$|ENOTCONN$|UND_ERR_)/
const tlsCodes =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|CRL_)/

function isTimeout(error: unknown, code: string): boolean {
  return (
    /^(UND_ERR_.*_TIMEOUT|ETIMEDOUT)$/.test(code) ||
    (error instanceof DOMException && error.name === 'TimeoutError')
  )
}

function isProxy(error: unknown, code: string): boolean {
  return (
    code === 'UND_ERR_PRX_TLS' ||
    (error instanceof Error && error.message.startsWith('Proxy response'))
  )
}

function proxyReason(error: unknown): string {
  const status = error instanceof Error ? /\((\d{3})\)/.exec(error.message)?.[1] : undefined
  return status ? `HTTP ${status}` : 'TLS to the proxy failed'
}

function codeOf(error: unknown): string {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && typeof e.code === 'string') return e.code
    // Happy eyeballs: every address failed, each for a reason of its own.
    if (e instanceof AggregateError && e.errors.length > 0) return codeOf(e.errors[0])
  }
  return ''
}

function seconds(ms: number): string {
  return String(Math.round(ms / 100) / 10)
}
