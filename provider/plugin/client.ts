import { type Bag, type BagReader, markUnknown } from '../engine/border.ts'
import { readSource, type StoredCertificate } from '../engine/certificate-source.ts'
import type { Context } from '../engine/context.ts'
import type { ClientInputs, ClientOutputs } from '../client/inputs.ts'
import { clientReader } from '../client/state.ts'
import type { CertificateNames } from '../rules/certificate.ts'
import { createDuplicateValidator } from '../rules/duplicates.ts'
import { describeProblem, type Problem } from '../rules/problem.ts'
import { isRecord } from '../rules/text.ts'
import type { ResourceType } from './resource.ts'

/** Makes `psc:index:Client`: the client of the dynamic door, with what that does in the program. */
export function clientType(): ResourceType<ClientInputs, ClientOutputs> {
  const duplicatesOf = createDuplicateMemory()
  return {
    reader: pluginReader,
    load: () => import('../client/verbs.ts'),
    secrets: ['clientSecret', 'previousClientSecret'],
    computed: ['baseUrl', 'registered'],
    insteadOfImport: 'Creating the client adopts it.',
    declare(context, urn, news) {
      const { certificate, names, problems } = certificateOf(news.certificate)
      const inputs =
        certificate === undefined ? without(news, 'certificate') : { ...news, certificate }
      const duplicates = duplicatesOf(context, urn, news)
      problems.push(...duplicates.map(describeProblem))
      const judged = { ...inputs, ...(names && { certificate: names }), problems }
      return { inputs, judged }
    },
  }
}

/**
 * Reads and writes the properties of a client as every language can show them: `baseUrl`, `endpoints` only where they do not
 * follow from it, and a record for `registered` only where the PSC echoed something else than was declared.
 */
const pluginReader: BagReader<ClientInputs, ClientOutputs> = {
  ...clientReader,
  outputs({ baseUrl, endpoints, registered, ...bag }) {
    const restored = { endpoints: endpoints ?? baseUrl, registered: registered ?? 'as declared' }
    return clientReader.outputs({ ...bag, ...restored })
  },
  stored(outputs) {
    const { endpoints, registered, ...bag } = clientReader.stored(outputs)
    const { clientMaintenance } = outputs.endpoints
    return {
      ...bag,
      baseUrl: clientMaintenance.slice(0, clientMaintenance.lastIndexOf('/')),
      ...(typeof endpoints !== 'string' && { endpoints }),
      ...(isRecord(registered) && { registered }),
    }
  },
}

/** Replaces a PEM, and the file of one, by what is stored of it. */
function certificateOf(declared: unknown): {
  certificate: unknown
  /** The names with the start of validity, which is judged and not stored. */
  names?: CertificateNames
  problems: string[]
} {
  const problems: string[] = []
  if (!isRecord(declared)) return { certificate: declared, problems }
  const source = (['pem', 'file'] as const).find((name) => name in declared)
  const text = source && markUnknown(declared[source])
  if (source === undefined || typeof text !== 'string') return { certificate: declared, problems }
  let names: CertificateNames | undefined
  const certificate: StoredCertificate | undefined = readSource(source, text, {
    onRead: (read) => (names = read),
    onProblem: (problem) => problems.push(problem),
  })
  return { certificate, problems, ...(names && { names }) }
}

function without(bag: Bag, name: string): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([key]) => key !== name))
}

/** Finds duplicates among the resources of a run. The engine checks a resource again that it replaces. */
function createDuplicateMemory(): (context: Context, urn: string, news: Bag) => Problem[] {
  const validate = createDuplicateValidator()
  const judged = new Map<string, Problem[]>()
  return (context, urn, news) => {
    const psc = context.findProfile(markUnknown(news.psc)).profile?.baseUrl
    if (psc === undefined) return []
    const [clientId, name] = [markUnknown(news.clientId), markUnknown(news.name)]
    const key = JSON.stringify([urn, psc, clientId, name])
    const known = judged.get(key)
    if (known) return known
    const label = `"${urn.slice(urn.lastIndexOf('::') + 2)}"`
    const problems = validate({ psc, clientId, name, label })
    judged.set(key, problems)
    return problems
  }
}
