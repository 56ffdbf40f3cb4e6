import { say } from '../say.ts'
import { refuse, warn, type Problem } from './problem.ts'

/** Holds the identity of a PSC, and the two values of a client that must be unique there. */
export interface DeclaredClient {
  /** Equal for the same PSC, such as its base URL. */
  readonly psc: string
  readonly clientId: unknown
  readonly name: unknown
  /** How messages call this entry; default: its number, counted from 1, as in `client 3`. */
  readonly label?: string | undefined
}

/** Validates clients one at a time, each against those before it. */
export type DuplicateValidator = (client: DeclaredClient) => Problem[]

/**
 * Makes a validator that remembers the clients that it was given. The later one of two equals gets the
 * problem; values that are not known yet, or not strings, are never equal.
 *
 * @see the NeoID document of `PUT /client_maintenance`, `APLICACAO_OAUTH_NOME_JA_CADASTRADO`
 */
export function createDuplicateValidator(): DuplicateValidator {
  const rememberId = createMemory()
  const rememberName = createMemory()
  const rememberLikeName = createMemory()
  let count = 0
  return ({ psc, clientId, name, label }) => {
    count += 1
    const entry = label ?? say`client ${count}`
    const sameId = rememberId(psc, clientId, entry)
    const sameName = rememberName(psc, name, entry)
    const likeName = rememberLikeName(psc, fold(name), entry)
    const problems: Problem[] = []
    if (sameId !== undefined) problems.push(repeatedId(sameId))
    if (sameName !== undefined) problems.push(repeatedName(sameName))
    else if (likeName !== undefined) problems.push(similarName(likeName))
    return problems
  }
}

function repeatedId(earlier: string): Problem {
  const message = say`${earlier} declares the same client of the same PSC. Declare it once.`
  return refuse(['clientId'], message, 'ERR_PSC_DUPLICATE_CLIENT')
}

function repeatedName(earlier: string): Problem {
  const message = say`${earlier} has the same name, and names are unique at a PSC. Choose another.`
  return refuse(['name'], message, 'APLICACAO_OAUTH_NOME_JA_CADASTRADO')
}

function similarName(earlier: string): Problem {
  const message = say`the name differs from that of ${earlier} only in case, spaces or encoding, and names are unique at a PSC. Choose one that differs clearly.`
  return warn(['name'], message, 'WARN_PSC_SIMILAR_NAME')
}

/** Makes a function that stores the first entry of a value at a PSC, and returns it for later ones. */
function createMemory(): (psc: string, value: unknown, entry: string) => string | undefined {
  const seen = new Map<string, string>()
  return (psc, value, entry) => {
    if (typeof value !== 'string' || value.trim() === '') return undefined
    const key = JSON.stringify([psc, value])
    const earlier = seen.get(key)
    if (earlier === undefined) seen.set(key, entry)
    return earlier
  }
}

function fold(name: unknown): unknown {
  if (typeof name !== 'string') return name
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}
