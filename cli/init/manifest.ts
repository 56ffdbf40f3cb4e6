import { Document, isMap, isScalar, type Node, type Pair, YAMLMap } from 'yaml'
import type { PscName } from '../../provider/psc/index.ts'
import { isMaintained, type NewClient, type Place, placeOf, type Setup } from './setup.ts'
import { texts } from './texts.ts'

/** Holds a manifest of the new repository. */
export interface NewManifest {
  readonly file: string
  readonly text: string
  /** The PSCs that the emulator stands in for. */
  readonly emulated: readonly PscName[]
  readonly clients: readonly NewClient[]
}

/** Writes the manifests: one for each environment, or one for all. */
export function writeManifests(
  setup: Setup,
  clients: readonly NewClient[],
  isExample: boolean,
): NewManifest[] {
  if (setup.layout === 'fleet') {
    const title = texts[setup.lang].manifestOfAll
    return [writeManifest('clients.yaml', title, setup, clients, clients, isExample)]
  }
  return setup.environments.map((environment) =>
    writeManifest(
      manifestOf(environment),
      `${texts[setup.lang].manifest} ${environment}.`,
      setup,
      clients.filter((client) => client.environment === environment),
      clients,
      isExample,
    ),
  )
}

/** Names the manifest of an environment that has its own. */
export function manifestOf(environment: string): string {
  return `clients.${environment}.yaml`
}

function writeManifest(
  file: string,
  title: string,
  setup: Setup,
  clients: readonly NewClient[],
  all: readonly NewClient[],
  isExample: boolean,
): NewManifest {
  const t = texts[setup.lang]
  const isFleet = setup.layout === 'fleet'
  const places = new Map<string, Place & { readonly extends?: PscName }>()
  const emulated = new Set<PscName>()
  const portOf = portsOf(setup, all)
  const nameOf = ({ psc, environment }: NewClient): string => {
    const place = placeOf(psc, environment, portOf(environment, psc))
    if (place.baseUrl !== undefined) emulated.add(psc)
    if (Object.keys(place).length === 0) return psc
    // In one manifest, the environments of a PSC are PSCs of their own.
    const name = isFleet ? `${psc}-${environment}` : psc
    places.set(name, isFleet ? { extends: psc, ...place } : place)
    return name
  }
  const entries = clients.map((client) => ({ client, psc: nameOf(client) }))
  const section = (isManaged: boolean) =>
    Object.fromEntries(
      entries
        .filter(({ client }) => isMaintained(client.psc) === isManaged)
        .map(({ client, psc }) => [client.key, entryOf(client, psc, isFleet)]),
    )
  const sections = {
    pscs: Object.fromEntries(places),
    clients: section(true),
    credentials: section(false),
  }
  const document = new Document(
    Object.fromEntries(Object.entries(sections).filter(([, part]) => Object.keys(part).length > 0)),
  )
  document.commentBefore = ` yaml-language-server: $schema=clients.schema.json\n ${title}`
  for (const [name, { baseUrl }] of places) {
    if (baseUrl !== undefined) commentBefore(document, ['pscs', name], t.emulated)
  }
  for (const { client } of entries) {
    const isManaged = isMaintained(client.psc)
    const path = [isManaged ? 'clients' : 'credentials', client.key]
    if (!isManaged) commentBefore(document, path, t.credential)
    for (const field of ['clientSecret', 'certificate']) flow(document.getIn([...path, field]))
    if (isExample) comment(document.getIn(path), t)
  }
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true })
  return { file, text, emulated: [...emulated], clients }
}

/** Finds the ports on which `emulate` plays the PSCs of all stacks: it numbers them from 8080 on, in the order of the manifests. */
function portsOf({ environments }: Setup, all: readonly NewClient[]) {
  const order = environments.flatMap((environment) => {
    const own = all.filter((client) => client.environment === environment)
    const [verified, managed] = [false, true].map((is) =>
      own.filter(({ psc }) => isMaintained(psc) === is),
    )
    const pscs = [...(managed ?? []), ...(verified ?? [])].map(({ psc }) => psc)
    return [...new Set(pscs)].map((psc) => `${environment} ${psc}`)
  })
  return (environment: string, psc: PscName) => 8080 + order.indexOf(`${environment} ${psc}`)
}

function entryOf(client: NewClient, psc: string, isFleet: boolean): Record<string, unknown> {
  const { clientId, secret, name, comments, email, redirectUris, hosts, environment } = client
  const stack = isFleet ? { stack: environment } : {}
  const clientSecret = { env: secret }
  if (!isMaintained(client.psc)) return { issuer: psc, clientId, clientSecret, ...stack }
  const certificate = hosts && { certificate: { hosts } }
  return {
    psc,
    clientId,
    clientSecret,
    name,
    comments,
    email,
    redirectUris,
    ...certificate,
    ...stack,
  }
}

function commentBefore(document: Document, path: readonly string[], text: string): void {
  const parent = document.getIn(path.slice(0, -1))
  const pair = isMap(parent) && parent.items.find(({ key }) => nameOfKey(key) === path.at(-1))
  if (pair && isScalar(pair.key)) pair.key.commentBefore = ` ${text}`
}

function flow(node: unknown): void {
  if (isMap(node)) node.flow = true
}

/** Explains the fields of an entry: beside a value of one line, or beside the key of a list. */
function comment(entry: unknown, t: Readonly<Record<string, string>>): void {
  if (!(entry instanceof YAMLMap)) return
  for (const { key, value } of entry.items as Pair<Node, Node | null>[]) {
    const text = t[nameOfKey(key)]
    if (text === undefined) continue
    if (nameOfKey(key) === 'redirectUris') key.commentBefore = ` ${text}`
    else if (value) value.comment = ` ${text}`
  }
}

function nameOfKey(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key)
}
