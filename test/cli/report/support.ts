import { join } from 'node:path'
import { buildReport, type ReportFiles } from '../../../cli/report/build.ts'
import type { Report } from '../../../cli/report/model.ts'
import { folderWith } from '../psc.ts'

export const now = new Date('2026-11-27T12:00:00Z')

type Properties = Readonly<Record<string, unknown>>

/** The properties of a client, as a program declares them. */
export const client = (changes: Properties = {}): Properties => ({
  psc: 'neoid',
  clientId: 'portal-id',
  clientSecret: { env: 'PORTAL_SECRET' },
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
  certificate: {
    hosts: ['portal.exemplo.gov.br'],
    notAfter: '2027-06-30T12:00:00.000Z',
    fingerprint256: 'AB:CD:EF',
  },
  ...changes,
})

export const baseUrl = 'https://psc-neoid.estaleiro.serpro.gov.br/psc/v0/oauth'

/** A resource as `pulumi stack export` writes it. */
export function resource(
  entry: string,
  inputs: Properties,
  outputs: Properties = {},
  { stack = 'producao', type = 'PscClient' } = {},
): Properties {
  return {
    urn: `urn:pulumi:${stack}::psc::pulumi-nodejs:dynamic/psc:${type}::${entry}`,
    type: `pulumi-nodejs:dynamic/psc:${type}`,
    custom: true,
    id: String(inputs.clientId),
    inputs,
    outputs: {
      ...inputs,
      endpoints: baseUrl,
      registered: 'as declared',
      writtenAt: Date.parse('2026-10-01T15:00:00Z'),
      ...outputs,
    },
    modified: '2026-10-01T15:00:01Z',
  }
}

export const state = (...resources: readonly Properties[]): Properties => ({
  version: 3,
  deployment: { resources },
})

/** A step as `pulumi preview --json` writes it: the new state of a change has no outputs. */
export function step(
  op: string,
  before: Properties | undefined,
  after: Properties | undefined,
): Properties {
  const newState = after && { ...after, outputs: undefined }
  return {
    op,
    urn: (after ?? before)?.urn,
    ...(before && { oldState: before }),
    ...(newState && { newState }),
  }
}

export const preview = (
  steps: readonly Properties[],
  diagnostics: readonly Properties[] = [],
): Properties => ({ steps, diagnostics, duration: 1, changeSummary: { update: 1 } })

export const result = (changes: Properties = {}): Properties => ({
  time: '2026-11-26T09:30:00.000Z',
  name: 'portal',
  kind: 'client',
  psc: 'neoid',
  clientId: 'portal-id',
  address: `${baseUrl}/client_token`,
  stack: null,
  result: 'ok',
  expiresIn: 3600,
  milliseconds: 100,
  ...changes,
})

/** Builds a report from documents of each kind. A text is the contents of a file as it is. */
export function report(
  documents: Readonly<Partial<Record<keyof ReportFiles, readonly (Properties | string)[]>>>,
  { warningDays = 30 } = {},
): Report {
  const files = (kind: keyof ReportFiles) =>
    (documents[kind] ?? []).map((document, index) => {
      const name = `${kind}-${index}.json`
      const content = typeof document === 'string' ? document : JSON.stringify(document)
      return join(folderWith({ [name]: content }), name)
    })
  return buildReport(
    { state: files('state'), preview: files('preview'), verify: files('verify') },
    { warningDays, now },
  )
}

/** A text with everything that a page, a comment or a table could take for its own. */
export const hostile =
  '<script>alert(1)</script> "><img src=x onerror=alert(1)> @everyone [x](https://mal.exemplo) | a `b` ``c`` \u202Egnp.exe #1 &amp; <!-- '

/** A report of many clients, with all that can be said of them. */
export function largeReport(count: number): Report {
  const many = Array.from({ length: count }, (_, index) =>
    client({
      clientId: `id-${index}`,
      name: `Sistema ${index}`,
      psc: index % 3 === 0 ? 'vidaas' : 'neoid',
      certificate: {
        hosts: [`s${index % 50}.exemplo.gov.br`],
        notAfter: new Date(now.getTime() + ((index % 50) - 5) * 20 * 86_400_000).toISOString(),
        fingerprint256: `FP:${index % 50}`,
      },
    }),
  )
  const before = many.map((one, index) => resource(`c${index}`, one))
  const steps = before.slice(0, count / 2).map((one, index) =>
    step('update', one, {
      ...one,
      inputs: { ...many[index], redirectUris: [`https://s.exemplo.gov.br/${index}`] },
    }),
  )
  const results = many.map(({ clientId }, index) =>
    result({ clientId, result: index % 10 === 0 ? 'failed' : 'ok', code: 'ERR_PSC_REFUSED' }),
  )
  return report({ state: [state(...before)], preview: [preview(steps)], verify: [{ results }] })
}
