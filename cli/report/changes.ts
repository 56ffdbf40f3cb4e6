import { isDeepStrictEqual } from 'node:util'
import { readUrn } from '../fleet/outcomes.ts'
import type { Change, ChangedField, FieldChange, SecretPlace } from './model.ts'
import { type ClientFacts, clientFacts } from './properties.ts'
import type { Resource, Step } from './sources.ts'

type BaseUrls = Readonly<Record<string, string>>

/** Names the resource of the provider that a type of the engine is; undefined for any other. */
export function resourceOf(type: string): string | undefined {
  return /(?:^|[/:])psc(?::\w+)?:(PscClient|TokenCredential|PscRegistration)$/.exec(type)?.[1]
}

/** Reads the stack of a resource. @see https://www.pulumi.com/docs/iac/concepts/resources/names/#urns */
export function stackOf(urn: string): string | null {
  return /^urn:pulumi:(.+?)::/.exec(urn)?.[1] ?? null
}

/** A client before and after a change: one of them is undefined for a new client, or one that leaves. */
interface Pair {
  readonly before: ClientFacts | undefined
  readonly after: ClientFacts | undefined
}

/**
 * Finds what previews do with clients. A client that leaves one resource and comes in another, as after a renaming or a
 * move to another stack, is the same client. A replaced resource is another client: the one before stays registered.
 */
export function findChanges(steps: readonly Step[], baseUrls: BaseUrls): Change[] {
  const own = steps.filter(({ urn, before, after }) => {
    return resourceOf(before?.type ?? after?.type ?? readUrn(urn).type) === 'PscClient'
  })
  const pairs = [...Map.groupBy(own, ({ urn }) => urn).values()].flatMap((ofOne) =>
    pairsOf(ofOne, baseUrls),
  )
  const registrations = steps
    .filter(
      ({ op, after }) => op === 'create' && resourceOf(after?.type ?? '') === registrationType,
    )
    .flatMap(({ after }) => (after ? [registration(factsOf(after, baseUrls))] : []))
  return [...joinMoved(pairs).flatMap((pair) => changeOf(pair) ?? []), ...registrations]
}

const registrationType = 'PscRegistration'

/** Reads a client of a resource: its outputs, or its inputs while it does not exist. */
export function factsOf(
  { urn, inputs, outputs, baseUrls: ofStack }: Resource,
  baseUrls: BaseUrls,
): ClientFacts {
  const place = { stack: stackOf(urn), entry: readUrn(urn).entry }
  return clientFacts(place, Object.keys(outputs).length > 0 ? outputs : inputs, {
    ...ofStack,
    ...baseUrls,
  })
}

/** Reads the steps of one resource. A replacement has several. */
function pairsOf(steps: readonly Step[], baseUrls: BaseUrls): Pair[] {
  const old = steps.find(({ before }) => before !== undefined)?.before
  const next = steps.find(({ op, after }) => after !== undefined && !op.startsWith('delete'))?.after
  const before = old && factsOf(old, baseUrls)
  // What is declared. The outputs of a new state are those of before.
  const declared = next && factsOf({ ...next, outputs: {} }, baseUrls)
  if (steps.some(({ op }) => op.includes('replace'))) {
    return [
      { before, after: undefined },
      { before: undefined, after: declared },
    ]
  }
  // Without the settings of the stack, the address of a PSC is not known. The provider warns of another one.
  const isSamePsc = isDeepStrictEqual(old?.inputs.psc, next?.inputs.psc)
  const after = before && declared && isSamePsc ? { ...declared, ...addressOf(before) } : declared
  return [{ before, after }]
}

function addressOf({ environment, baseUrl }: ClientFacts) {
  return { environment, baseUrl }
}

/** Joins a client that leaves one resource and comes in another. */
function joinMoved(pairs: readonly Pair[]): Pair[] {
  const coming = new Map(
    pairs.flatMap(({ before, after }) => (before ? [] : [[after?.key, after] as const])),
  )
  const moved = new Set<ClientFacts>()
  const joined = pairs.map(({ before, after }) => {
    const elsewhere =
      after !== undefined || before?.key === undefined ? undefined : coming.get(before.key)
    if (!elsewhere || !before) return { before, after }
    moved.add(elsewhere)
    return { before, after: { ...elsewhere, ...addressOf(before) } }
  })
  return joined.filter(({ before, after }) => before !== undefined || !after || !moved.has(after))
}

function placeOf(facts: ClientFacts) {
  const { stack, entry, name, clientId, psc, environment, baseUrl } = facts
  return { stack, entry, name, clientId, psc, environment, baseUrl }
}

function registration(facts: ClientFacts): Change {
  return { ...placeOf(facts), kind: 'registers', ...noUris, addedUris: facts.redirectUris }
}

const noUris = { removedUris: [], addedUris: [], newDefaultUri: null, fields: [] }

function changeOf({ before, after }: Pair): Change | undefined {
  if (!before) {
    return (
      after && { ...placeOf(after), kind: 'new', ...noUris, addedUris: [...after.redirectUris] }
    )
  }
  if (!after) return { ...placeOf(before), kind: 'leaves', ...noUris }
  const [was, is] = [before.redirectUris, after.redirectUris]
  const newDefaultUri = is[0] !== undefined && is[0] !== was[0] ? is[0] : null
  const change: Change = {
    ...placeOf(after),
    kind: 'changed',
    removedUris: was.filter((uri) => !is.includes(uri)),
    addedUris: is.filter((uri) => !was.includes(uri)),
    newDefaultUri,
    fields: fieldChanges(before, after),
  }
  const { removedUris, addedUris, fields } = change
  const isSame = removedUris.length + addedUris.length + fields.length === 0 && !newDefaultUri
  return isSame ? undefined : change
}

/** Writes the fields that a change can touch, so that they can be compared and shown. */
const shown: Readonly<Record<ChangedField, (facts: ClientFacts) => string | null>> = {
  name: ({ name }) => name,
  comments: ({ comments }) => comments,
  email: ({ email }) => email,
  clientSecret: ({ secret }) => secretName(secret),
  previousClientSecret: ({ previousSecret }) => secretName(previousSecret),
  certificate: ({ certificate }) => {
    if (!certificate) return null
    const { hosts, notAfter, fingerprint256 } = certificate
    const facts = [hosts.join(', '), notAfter?.slice(0, 10), fingerprint256?.slice(0, 23)]
    return facts.filter((fact) => fact !== undefined && fact !== '').join(' · ')
  },
  preflight: ({ preflight }) => preflight,
  address: ({ baseUrl }) => baseUrl,
  entry: ({ entry }) => entry,
  stack: ({ stack }) => stack,
}

/** Names a secret in the notation of a manifest. An inline one shows no more than that it is one. */
function secretName(secret: SecretPlace | null): string | null {
  return secret && (secret.name === null ? '***' : `{ ${secret.kind}: ${secret.name} }`)
}

/** Lists the fields that differ. Of a value that is not known yet, it tells only that it changes. */
export function fieldChanges(before: ClientFacts, after: ClientFacts): FieldChange[] {
  return (Object.keys(shown) as ChangedField[]).flatMap((field) => {
    const [was, is] = [shown[field](before), shown[field](after)]
    return was === is ? [] : [{ field, before: was, after: is }]
  })
}
