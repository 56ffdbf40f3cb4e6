import { refuse, warn, type Problem } from './problem.ts'

/** One client among others: the PSC's identity, and the two values that must be unique there. */
export interface DeclaredClient {
  /** Equal for the same PSC, such as its base URL. */
  readonly psc: string
  readonly clientId: unknown
  readonly name: unknown
  /** How messages call this entry; default: its number, as in `client 3`. */
  readonly label?: string
}

/** Judges clients one at a time, each against those before it. */
export type DuplicateJudge = (client: DeclaredClient) => Problem[]

/**
 * Makes a judge that remembers the clients it was given. The later one of two equals gets the
 * problem; values that are not known yet, or not texts, are never equal.
 *
 * @see the NeoID document of `PUT /client_maintenance`, `APLICACAO_OAUTH_NOME_JA_CADASTRADO`
 */
export function createDuplicateJudge(): DuplicateJudge {
  const ids = new Map<string, string>()
  const names = new Map<string, string>()
  const similar = new Map<string, string>()
  let count = 0
  return ({ psc, clientId, name, label = `client ${(count += 1)}` }) => {
    const problems: Problem[] = []
    const sameId = remember(ids, psc, clientId, label)
    if (sameId !== undefined) {
      problems.push(
        refuse(
          ['clientId'],
          `is also the client identifier of ${sameId} at the same PSC: declare a client once`,
        ),
      )
    }
    const sameName = remember(names, psc, name, label)
    const likeName = remember(similar, psc, fold(name), label)
    if (sameName !== undefined) {
      problems.push(
        refuse(
          ['name'],
          `is also the name of ${sameName} at the same PSC, where names are unique: choose another`,
          'APLICACAO_OAUTH_NOME_JA_CADASTRADO',
        ),
      )
    } else if (likeName !== undefined) {
      problems.push(
        warn(
          ['name'],
          `differs only in case, accents' encoding or spaces from the name of ${likeName} at the same PSC, where names are unique`,
        ),
      )
    }
    return problems
  }
}

/** The duplicates of a whole list, in its order. */
export function judgeDuplicates(
  clients: readonly DeclaredClient[],
): { index: number; problem: Problem }[] {
  const judge = createDuplicateJudge()
  return clients.flatMap((client, index) => judge(client).map((problem) => ({ index, problem })))
}

/** Keeps the first label of a value at a PSC, and answers the earlier one if there is one. */
function remember(
  seen: Map<string, string>,
  psc: string,
  value: unknown,
  label: string,
): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const key = JSON.stringify([psc, value])
  const earlier = seen.get(key)
  if (earlier === undefined) seen.set(key, label)
  return earlier
}

function fold(name: unknown): unknown {
  return typeof name === 'string'
    ? name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
    : name
}
