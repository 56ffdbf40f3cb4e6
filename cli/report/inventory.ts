import { isDeepStrictEqual } from 'node:util'
import { hasDrifted, readStoredClient } from '../../provider/client/index.ts'
import type { Manifest } from '../../provider/manifest/index.ts'
import { pickStored } from '../../provider/rules/client-fields.ts'
import { isRecord } from '../../provider/rules/text.ts'
import { readUrn } from '../fleet/outcomes.ts'
import { factsOf, fieldChanges, resourceOf, stackOf } from './changes.ts'
import type { Applied, Change, Client, Credential } from './model.ts'
import { type ClientFacts, clientFacts, secretPlace, text, texts, time } from './properties.ts'
import type { Bag, Resource, Step } from './sources.ts'
import type { FindVerified } from './verified.ts'

/** What an inventory is made from. */
export interface Known {
  readonly resources: readonly Resource[]
  readonly steps: readonly Step[]
  readonly manifest: Manifest | undefined
  /** The stack of the command. */
  readonly stack: string | null
  readonly baseUrls: Readonly<Record<string, string>>
  readonly findVerified: FindVerified
}

interface Row {
  readonly facts: ClientFacts
  readonly applied: Applied | null
}

/** The clients of an inventory, and those whose declaration differs from what was written. */
export interface Inventory {
  readonly clients: readonly Client[]
  readonly credentials: readonly Credential[]
  /** The clients whose manifest differs from the state. */
  readonly differing: readonly ClientFacts[]
}

/**
 * Lists every client once for each stack: as it was written last, according to a state or a preview, or else as it is
 * declared.
 */
export function listInventory(known: Known, changes: readonly Change[]): Inventory {
  const { resources, steps, manifest, baseUrls, findVerified } = known
  const rows = new Map<string, Row>()
  const add = (facts: ClientFacts, applied: Applied | null): void => {
    const name = JSON.stringify([facts.stack, facts.key ?? facts.entry])
    if (!rows.has(name)) rows.set(name, { facts, applied })
  }
  const isClient = ({ type }: Resource) => resourceOf(type) === 'PscClient'
  const before = steps.flatMap((step) => (step.before ? [step.before] : []))
  for (const resource of [...resources, ...before].filter(isClient)) {
    add(factsOf(resource, baseUrls), appliedOf(resource))
  }
  for (const { before, after } of steps) {
    if (!before && after && isClient(after)) add(factsOf(after, baseUrls), null)
  }
  const byKey = Map.groupBy(rows.values(), ({ facts }) => facts.key)
  const differing: ClientFacts[] = []
  for (const declared of declaredClients(known)) {
    const found = (byKey.get(declared.key) ?? []).filter(({ facts }) => isInStack(facts, declared))
    if (found.length === 0) {
      differing.push(...writtenAs(declared, rows.values()))
      add(declared, null)
    }
    const differs = ({ facts }: Row) => differsFrom(facts, declared)
    differing.push(...found.filter(differs).map(({ facts }) => facts))
  }
  const statuses = new Map(changes.map((change) => [placeKey(change), change.kind]))
  const clients = [...rows.values()].map(({ facts, applied }): Client => {
    const { key: _, previousSecret: __, preflight: ___, ...shown } = facts
    const { psc, clientId, entry, baseUrl } = facts
    const tokenUrl = baseUrl === null ? null : `${baseUrl}/client_token`
    const change = statuses.get(placeKey(facts))
    return {
      ...shown,
      status: change && change !== 'registers' ? change : applied ? 'applied' : 'declared',
      applied,
      verified: findVerified({ clientId, tokenUrl, psc, entry }),
    }
  })
  return {
    clients: clients.toSorted(inOrder),
    credentials: listCredentials(resources, manifest, known),
    differing,
  }
}

function placeKey({ stack, psc, clientId, entry }: Omit<Change, 'kind'> | ClientFacts): string {
  return JSON.stringify([stack, psc, clientId ?? entry])
}

/** Sorts "Sistema 9" before "Sistema 10". */
const collator = new Intl.Collator('pt-BR', { numeric: true })

function inOrder(a: Client, b: Client): number {
  const compare = (x: string | null, y: string | null) => collator.compare(x ?? '', y ?? '')
  return (
    compare(a.psc, b.psc) ||
    compare(a.environment ?? a.baseUrl, b.environment ?? b.baseUrl) ||
    compare(a.name ?? a.entry, b.name ?? b.entry) ||
    compare(a.stack, b.stack)
  )
}

function declaredClients({ manifest, stack, baseUrls }: Known): ClientFacts[] {
  return (manifest?.clients ?? []).map(({ key, args, stack: own }) =>
    clientFacts({ stack: own ?? stack, entry: key }, { ...args }, baseUrls),
  )
}

/** Tells whether a declaration, which may name no stack, is that of a client in a stack. */
function isInStack({ stack }: ClientFacts, declared: ClientFacts): boolean {
  return declared.stack === null || stack === null || stack === declared.stack
}

/** Finds the client that was written under the name of a declaration: it moves to another PSC or client id. */
function writtenAs(declared: ClientFacts, rows: Iterable<Row>): ClientFacts[] {
  return [...rows].flatMap(({ facts, applied }) =>
    applied && facts.entry === declared.entry && isInStack(facts, declared) ? [facts] : [],
  )
}

/** Tells whether what was written differs from the declaration, at the same address. */
function differsFrom(facts: ClientFacts, declared: ClientFacts): boolean {
  const { stack, baseUrl, entry } = facts
  const fields = fieldChanges(facts, { ...declared, stack, baseUrl, entry })
  const [was, is] = [facts.redirectUris, declared.redirectUris]
  return (
    fields.length > 0 || was[0] !== is[0] || was.toSorted().join('\n') !== is.toSorted().join('\n')
  )
}

/** Reads what a state tells of the last write of a client. */
function appliedOf({ outputs, modified }: Resource): Applied {
  const { registered, drift } = readStoredClient(outputs)
  const declared: Bag = pickStored(readStoredClient(outputs))
  const echo: Bag | null = registered && { ...registered }
  const isSame =
    echo && Object.keys(declared).every((key) => isDeepStrictEqual(echo[key], declared[key]))
  const found = texts(outputs.redirectUris)
  return {
    at: time(outputs.writtenAt) ?? time(modified),
    isSettled: outputs.settled !== false,
    echo: isSame === null ? 'none' : isSame ? 'same' : 'different',
    missingUris: hasDrifted(outputs)
      ? texts(drift?.declared).filter((uri) => !found.includes(uri))
      : [],
  }
}

/** Lists the credentials of states, and those of the manifest that no state has. */
function listCredentials(
  resources: readonly Resource[],
  manifest: Manifest | undefined,
  { stack, findVerified }: Known,
): Credential[] {
  const stored = resources
    .filter(({ type }) => resourceOf(type) === 'TokenCredential')
    .map(({ urn, outputs }) =>
      credentialOf(stackOf(urn), readUrn(urn).entry, outputs, findVerified),
    )
  const isStored = ({ entry, clientId }: Credential) =>
    stored.some((one) => one.entry === entry && one.clientId === clientId)
  const declared = (manifest?.credentials ?? [])
    .map(({ key, args, stack: own }) => credentialOf(own ?? stack, key, { ...args }, findVerified))
    .filter((credential) => !isStored(credential))
  return [...stored, ...declared]
}

function credentialOf(
  stack: string | null,
  entry: string,
  bag: Bag,
  findVerified: FindVerified,
): Credential {
  const { issuer, clientId, clientSecret, tokenUrl } = bag
  const profile: Bag = isRecord(issuer) ? issuer : {}
  const name = text(issuer) ?? text(profile.name) ?? text(profile.extends) ?? '?'
  const subject = { clientId: text(clientId), tokenUrl: text(tokenUrl), psc: name, entry }
  return {
    stack,
    entry,
    issuer: name,
    clientId: text(clientId),
    secret: secretPlace(clientSecret),
    verified: findVerified(subject),
  }
}
