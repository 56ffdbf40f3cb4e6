import { say } from '../say.ts'

/** Names the kind of a failure before an answer. */
type FailureKind =
  | 'dns'
  | 'connection'
  | 'timeout'
  | 'tls'
  | 'proxy'
  | 'protocol' // the answer was not HTTP
  | 'abandoned' // the run was interrupted, or its engine has exited

/**
 * Reports a request without a complete answer. `call.ts` turns it into a `PscError`, which has a code.
 *
 * Its message names the address and the kind of failure, never a header or a body. It has no cause, because the
 * libraries' errors may contain received data.
 */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure'
  readonly kind: FailureKind
  /** Whether the same request may succeed when it is sent again. */
  readonly transient: boolean
  /** Whether the server certainly received nothing of the request, in this attempt or an earlier one. */
  readonly neverSent: boolean
  /** How often the request was sent, or was tried to be sent. */
  readonly attempts: number

  constructor(
    kind: FailureKind,
    message: string,
    transient: boolean,
    neverSent = false,
    attempts = 1,
  ) {
    super(message)
    this.attempts = attempts
    this.kind = kind
    this.transient = transient
    this.neverSent = neverSent
  }

  /**
   * Copies the failure for the last attempt of a request.
   *
   * @param isUncertain whether an earlier attempt may have reached the server.
   */
  ofAttempt(count: number, isUncertain: boolean): HttpFailure {
    const neverSent = this.neverSent && !isUncertain
    return new HttpFailure(this.kind, this.message, this.transient, neverSent, count)
  }
}

/**
 * Names the failure of an attempt, by the codes of Node.js's sockets, its TLS, and undici. Undefined for an error that
 * is not the network's.
 *
 * @param origin scheme, host and port: what the message shows of an address.
 * @param limitMs the time limit of the attempt.
 */
export function toHttpFailure(
  error: unknown,
  origin: string,
  limitMs: number,
): HttpFailure | undefined {
  if (error instanceof HttpFailure) return error
  const code = codeOf(error)
  if (isTimeout(error) || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(code)) {
    return new HttpFailure(
      'timeout',
      say`${origin} did not answer within ${seconds(limitMs)} s`,
      true,
    )
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    const message = say`${origin} could not be reached in time (${code})`
    return new HttpFailure('timeout', message, true, code === 'UND_ERR_CONNECT_TIMEOUT')
  }
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) {
    const message = say`the name of ${origin} could not be resolved (DNS: ${code})`
    return new HttpFailure('dns', message, true, true)
  }
  if (certificateCodes.test(code)) {
    const message = say`the TLS certificate of ${origin} ${certificateProblem(code)} (${code})`
    return new HttpFailure('tls', message, false, true)
  }
  if (code === 'EPROTO' || /^ERR_(SSL|TLS)/.test(code)) {
    return new HttpFailure('tls', say`${origin} could not agree on TLS (${code})`, false)
  }
  if (connectionCodes.test(code) || isSystemError(error)) {
    const message = say`the connection to ${origin} failed (${code})`
    return new HttpFailure('connection', message, true, unreachableCodes.test(code))
  }
  if (isParserError(error) || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return noHttp(origin)
  }
  return undefined
}

/** Makes the failure of an answer that is not HTTP. */
export function noHttp(origin: string): HttpFailure {
  return new HttpFailure('protocol', say`${origin} did not answer in HTTP`, false)
}

/** @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const certificateCodes =
  /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_C|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/
const connectionCodes =
  /^(ECONN\w+|EPIPE|EHOST\w+|ENET\w+|UND_ERR_(SOCKET|ABORTED|CLOSED|DESTROYED|INFO|RES_CONTENT_LENGTH_MISMATCH))$/

const unreachableCodes = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/

function certificateProblem(code: string): string {
  if (code === 'CERT_HAS_EXPIRED')
    return say`has expired: check the date of this machine, or tell its operator`
  if (code === 'CERT_NOT_YET_VALID') return say`is not valid yet: check the date of this machine`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH')
    return say`belongs to another host: check the address`
  return say`is not trusted: check the address, or add your own certificate authority with NODE_EXTRA_CA_CERTS`
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError'
}

/** Recognises the error by its name. It has no code, and its class would load undici with this module. */
function isParserError(error: unknown): boolean {
  return error instanceof Error && error.name === 'HTTPParserError'
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

function codeOf(error: unknown): string {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && typeof e.code === 'string') return e.code
    // Every address of the host failed for its own reason.
    if (e instanceof AggregateError && e.errors.length > 0) return codeOf(e.errors[0])
  }
  return ''
}

function seconds(ms: number): string {
  return String(Math.max(1, Math.round(ms / 100)) / 10)
}
