import messages from '@pulumi/pulumi/proto/provider_pb.js'
import type * as requests from '@pulumi/pulumi/proto/provider_pb.js'
import struct, { type Struct } from 'google-protobuf/google/protobuf/struct_pb.js'
import { type Bag, engineUnknown } from '../engine/border.ts'
import { isRecord } from '../rules/text.ts'
import type { Detail } from './details.ts'

/** The key that marks special objects of the engine, and its value for a secret. */
const signatureKey = '4dabf18193072939515e22adb298388d'
const secretSignature = '1b47061264138c4ac30d75fd1eb44270'

/** Reads properties of the engine. Secrets are unwrapped; unknown values stay the engine's placeholders. */
export function fromStruct(message: Struct | undefined): Bag {
  return unwrap(message?.toJavaScript() ?? {}) as Bag
}

function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap)
  if (!isRecord(value)) return value
  if (value[signatureKey] === secretSignature) return unwrap(value.value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)]))
}

/** Lists the properties of the engine that are not marked as secret. */
export function plainKeys(message: Struct | undefined): string[] {
  return Object.entries(message?.toJavaScript() ?? {})
    .filter(([, value]) => !(isRecord(value) && value[signatureKey] === secretSignature))
    .map(([key]) => key)
}

/** Writes properties for the engine. Leaves out undefined ones. */
export function toStruct(bag: Bag): Struct {
  return struct.Struct.fromJavaScript(
    withoutUndefined(bag) as Parameters<typeof struct.Struct.fromJavaScript>[0],
  )
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined)
  if (!isRecord(value)) return value
  const defined = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(defined.map(([key, inner]) => [key, withoutUndefined(inner)]))
}

/**
 * Marks inline secrets, so that the engine stores them encrypted. A reference stays readable for reviewers.
 *
 * @param names the properties that may hold one.
 */
export function markSecrets(bag: Bag, names: readonly string[]): Bag {
  const marked = names.flatMap((name) => {
    const value = bag[name]
    const isInline = typeof value === 'string' && value !== engineUnknown
    return isInline ? [[name, { [signatureKey]: secretSignature, value }] as const] : []
  })
  return { ...bag, ...Object.fromEntries(marked) }
}

const { Kind } = messages.PropertyDiff

const kinds = {
  add: { keeping: Kind.ADD, replacing: Kind.ADD_REPLACE },
  delete: { keeping: Kind.DELETE, replacing: Kind.DELETE_REPLACE },
  update: { keeping: Kind.UPDATE, replacing: Kind.UPDATE_REPLACE },
}

/** Writes a comparison. The engine shows each detail of the inputs; a property that replaces the resource is one of them. */
export function difference(
  changes: boolean,
  replaces: readonly string[] = [],
  details: ReadonlyMap<string, Detail> = new Map(),
): requests.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges
  const response = new messages.DiffResponse()
  response.setChanges(changes ? DIFF_SOME : DIFF_NONE)
  if (!changes) return response
  response.setReplacesList([...replaces])
  response.setHasdetaileddiff(true)
  for (const [path, detail] of details) {
    const one = new messages.PropertyDiff()
    const isReplacing = replaces.includes(path.split(/[.[]/)[0] ?? '')
    one.setKind(kinds[detail][isReplacing ? 'replacing' : 'keeping'])
    one.setInputdiff(true)
    response.getDetaileddiffMap().set(path, one)
  }
  return response
}
