// What a history declares: three clients, in two stacks. A declaration is a value, so that it can be taken back.

import { type Program, yamlProgram } from '../../support/plugin-stack.ts'

/** The stacks of a history. */
export const stacks = ['um', 'dois'] as const
export type StackName = (typeof stacks)[number]

/** One client of a declaration. */
export interface Client {
  readonly isDeclared: boolean
  readonly key: string
  readonly stack: StackName
  readonly version: number
  /** Whether the second and the third redirect URI have changed places, which is no change. */
  readonly isReordered: boolean
  readonly hasOtherCertificate: boolean
  readonly secret: 'A' | 'B'
  /** Whether the other secret is declared as the previous one. */
  readonly rotates: boolean
}

export type Declaration = readonly Client[]

/** The PSC of each client. `standard` lets a client rotate its secret and echoes nothing. */
export const pscs = ['neoid', 'neoid', 'standard'] as const

export const first: Declaration = pscs.map((_, index) => ({
  isDeclared: true,
  key: `c${index}`,
  stack: 'um',
  version: 0,
  isReordered: false,
  hasOtherCertificate: false,
  secret: 'A',
  rotates: false,
}))

export const edits = [
  'edit',
  'rename',
  'swapKeys',
  'reorder',
  'reorderEntries',
  'remove',
  'add',
  'move',
  'certificate',
  'rotate',
] as const
export type Edit = (typeof edits)[number]

/** Edits one client. Renaming twice is renaming back, and so is moving. */
export function edited(declared: Declaration, edit: Edit, index: number): Declaration {
  if (edit === 'reorderEntries') return declared
  const client = declared[index]
  const other = declared[(index + 1) % declared.length]
  if (!client || !other) return declared
  if (edit === 'swapKeys') {
    const swapped = declared.with(index, { ...client, key: other.key })
    return swapped.with((index + 1) % declared.length, { ...other, key: client.key })
  }
  return declared.with(index, { ...client, ...changes(client, edit, index) })
}

function changes(
  client: Client,
  edit: Exclude<Edit, 'swapKeys' | 'reorderEntries'>,
  index: number,
): Partial<Client> {
  switch (edit) {
    case 'edit':
      return { version: client.version + 1 }
    case 'rename':
      return { key: client.key.endsWith('-novo') ? client.key.slice(0, -5) : `${client.key}-novo` }
    case 'reorder':
      return { isReordered: !client.isReordered }
    case 'remove':
      // A manifest without a client is refused.
      return { isDeclared: index === 0 }
    case 'add':
      return { isDeclared: true }
    case 'move':
      return { stack: client.stack === 'um' ? 'dois' : 'um' }
    case 'certificate':
      return { hasOtherCertificate: !client.hasOtherCertificate }
    case 'rotate':
      if (pscs[index] !== 'standard') return {}
      return { secret: client.secret === 'A' ? 'B' : 'A', rotates: true }
  }
}

export const idOf = (index: number): string => `64e587fa-4f30-487d-96f0-00000000000${index}`
export const hostOf = (index: number): string => `c${index}.exemplo.gov.br`
export const envOf = (index: number, secret: 'A' | 'B'): string => `SECRET_${index}_${secret}`

/** What a PSC has to have of a client. */
export function documentOf(index: number, { version, isReordered }: Client) {
  const uri = (path: string) => `https://${hostOf(index)}/v${version}/${path}`
  const others = [uri('dois'), uri('tres')]
  return {
    name: `Cliente ${index}`,
    comments: `versão ${version}`,
    email: 'suporte@exemplo.gov.br',
    redirectUris: [uri('um'), ...(isReordered ? others.toReversed() : others)],
  }
}

export interface ManifestOptions {
  readonly baseUrls: Readonly<Record<(typeof pscs)[number], string>>
  /** The only stack whose entries it has; without one it has all, for a fleet. */
  readonly stack?: StackName
  readonly isReversed: boolean
}

/** The text of a manifest, in JSON, which is YAML. */
export function manifestOf(declared: Declaration, options: ManifestOptions): string {
  const { neoid, standard } = options.baseUrls
  return JSON.stringify({
    pscs: { neoid: { baseUrl: neoid }, novo: { extends: 'standard', baseUrl: standard } },
    clients: Object.fromEntries(entriesOf(declared, options)),
  })
}

/** The same clients of one stack as a program in YAML, whose resources are the plugin's. */
export function yamlProgramOf(
  declared: Declaration,
  options: ManifestOptions & { readonly stack: StackName },
): string {
  const { neoid, standard } = options.baseUrls
  const addressed = {
    neoid: { name: 'neoid', baseUrl: neoid },
    novo: { name: 'novo', extends: 'standard', baseUrl: standard },
  }
  const resources = entriesOf(declared, options).map(([key, entry]) => [
    key,
    { properties: { ...entry, psc: addressed[entry.psc] } },
  ])
  return yamlProgram(Object.fromEntries(resources) as Program)
}

function entriesOf(declared: Declaration, { stack, isReversed }: ManifestOptions) {
  const entries = declared.flatMap((client, index) => {
    if (!client.isDeclared || (stack !== undefined && client.stack !== stack)) return []
    const other = client.secret === 'A' ? 'B' : 'A'
    const entry = {
      psc: pscs[index] === 'standard' ? ('novo' as const) : ('neoid' as const),
      clientId: idOf(index),
      clientSecret: { env: envOf(index, client.secret) },
      ...(client.rotates && { previousClientSecret: { env: envOf(index, other) } }),
      ...documentOf(index, client),
      certificate: {
        hosts: [hostOf(index), ...(client.hasOtherCertificate ? [`www.${hostOf(index)}`] : [])],
      },
      ...(stack === undefined && { stack: client.stack }),
    }
    return [[client.key, entry] as const]
  })
  return isReversed ? entries.toReversed() : entries
}
