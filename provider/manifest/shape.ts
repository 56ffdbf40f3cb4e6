import type { z } from 'zod'
import { listKnown, nameUnseen, nearest } from '../rules/nearest.ts'
import { secretForms } from '../rules/client-secret.ts'
import {
  missing,
  nameOf,
  type Problem,
  type PropertyPath,
  refuse,
  wrongType,
} from '../rules/problem.ts'
import { describeType, isRecord, quote } from '../rules/text.ts'
import { say, sayLater } from '../say.ts'
import { collect } from './problem.ts'
import { knownKeys, type ManifestDocument, manifestSchema } from './schema.ts'
import type { Tree } from './tree.ts'

/** Describes a problem of the manifest's shape, and what else it explains. */
export interface ShapeProblem extends Problem {
  /** The unknown key: the report points to it and not to its value. */
  readonly key?: PropertyPath
  /** The value is missing: a rule's problem at the same path says more and replaces this one. */
  readonly absent?: true
  /** The key that was meant: it is not missing as well. */
  readonly meant?: PropertyPath
}

type Issue = z.core.$ZodIssue

/** Validates the shape of a manifest: its keys and the types of its values. */
export function validateShape(
  manifest: Readonly<Record<string, unknown>>,
  tree: Tree,
): { document?: ManifestDocument; problems: ShapeProblem[] } {
  const problems = collect(findProblems(manifest, tree))
  return problems.length === 0 ? { document: manifest, problems } : { problems }
}

function* findProblems(
  manifest: Readonly<Record<string, unknown>>,
  tree: Tree,
): Generator<ShapeProblem> {
  for (const part of partsOf(manifest)) {
    const { error } = manifestSchema.safeParse(part)
    for (const issue of error?.issues ?? []) yield* explain(issue, [], tree)
  }
}

/** Yields the manifest without its entries, then each entry alone: the issues of all together may fill the memory. */
function* partsOf(manifest: Readonly<Record<string, unknown>>): Generator<object> {
  const sections = Object.keys(manifestSchema.shape).filter((name) => isRecord(manifest[name]))
  yield { ...manifest, ...Object.fromEntries(sections.map((name) => [name, {}])) }
  for (const name of sections) {
    for (const [key, entry] of Object.entries(manifest[name] as object)) {
      yield { [name]: { [key]: entry as unknown } }
    }
  }
}

function* explain(issue: Issue, base: PropertyPath, tree: Tree): Generator<ShapeProblem> {
  const path = [...base, ...(issue.path as PropertyPath)]
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys) {
        // As in Compose: a place for what the entries share.
        if (path.length > 0 || !key.startsWith('x-')) yield unknownKey(path, key)
      }
      break
    case 'invalid_union': {
      const inside = issue.errors.find((branch) =>
        branch.every(({ code, path: at }) => code !== 'invalid_type' || at.length > 0),
      )
      if (inside === undefined)
        yield unexpected({ text: sayLater`a string or a map`, isText: true }, path, tree)
      for (const nested of inside ?? []) yield* explain(nested, path, tree)
      break
    }
    case 'invalid_type':
      yield unexpected(
        {
          text: typeNames[issue.expected] ?? (() => issue.expected),
          isText: issue.expected === 'string',
        },
        path,
        tree,
      )
      break
    case 'invalid_value':
      yield wrongValue(issue.values.map(String), path, tree)
      break
    default: {
      // Only the pattern of a stack's name is left.
      const unseen = nameUnseen(String(tree.at(path).value)).trim()
      const message = say`the name of a stack has 1 to 100 letters, digits, dots, hyphens or underscores. Correct it.`
      yield refuse(path, unseen === '' ? message : `${message} ${unseen}`, 'ERR_PSC_STACK_NAME')
    }
  }
}

/** Describes what a property expects. */
interface Expected {
  readonly text: () => string
  /** Whether a string is one of the expected values: a number or a boolean then only lacks quotes. */
  readonly isText: boolean
}

/** Lists what a property expects, if its type says too little. */
const forms: Readonly<Record<string, Expected>> = {
  psc: { text: sayLater`the name of a PSC`, isText: true },
  clientSecret: { text: secretForms, isText: true },
  previousClientSecret: { text: secretForms, isText: true },
  certificate: {
    text: sayLater`a key of certificates, { file: PATH }, { pem: TEXT } or { hosts: [NAME] }`,
    isText: false,
  },
}

const typeNames: Readonly<Record<string, () => string>> = {
  string: sayLater`a string`,
  boolean: sayLater`true or false`,
  array: sayLater`a list`,
  object: sayLater`a map`,
  record: sayLater`a map`,
}

function unknownKey(path: PropertyPath, key: string): ShapeProblem {
  const known = knownKeys(manifestSchema, path)
  const fold = (text: string) => text.toLowerCase().replaceAll(/[-_]/g, '')
  const meant = known.find((name) => fold(name) === fold(key)) ?? nearest(key, known)
  // In the place of a secret's reference the key itself may be the secret.
  const secret = path.some(isSecretField)
  const nearby = meant === undefined ? listKnown(known) : say`Did you mean ${meant}?`
  const hint = secret ? nearby : nameUnseen(key) + nearby
  const what = secret ? say`a key of the reference is unknown.` : say`unknown key ${quote(key)}.`
  const message = `${what} ${hint}`
  return {
    ...refuse(secret ? path : [...path, key], message, 'ERR_PSC_UNKNOWN_KEY'),
    key: [...path, key],
    ...(meant !== undefined && { meant: [...path, meant] }),
  }
}

function unexpected(type: Expected, path: PropertyPath, tree: Tree): ShapeProblem {
  const { text: describe, isText } = forms[String(path.at(-1))] ?? type
  const expected = describe()
  const { value, source } = tree.at(path)
  if (value === undefined || value === null) {
    return { ...missing(path, value, say`give ${expected}`), absent: true }
  }
  const plain = typeof value === 'number' || typeof value === 'boolean'
  if (!plain || !isText) return wrongType(path, value, expected)
  const quoted =
    source === undefined || path.some(isSecretField)
      ? say`Put it in quotes.`
      : say`Write '${source}'.`
  const fault = say`${nameOf(path)} must be ${expected}, and without quotes it is ${describeType(value)}.`
  return refuse(path, `${fault} ${quoted}`, 'ERR_PSC_TYPE')
}

function wrongValue(values: readonly string[], path: PropertyPath, tree: Tree): ShapeProblem {
  const { value } = tree.at(path)
  const list = values.join(', ')
  if (typeof value !== 'string')
    return unexpected({ text: () => say`one of ${list}`, isText: true }, path, tree)
  const meant = nearest(value, values)
  const hint = nameUnseen(value) + (meant === undefined ? '' : say`Did you mean ${meant}?`)
  const message = `${say`${nameOf(path)} must be one of ${list}.`} ${hint}`.trim()
  return refuse(path, message, 'ERR_PSC_CHOICE')
}

function isSecretField(step: string | number): boolean {
  return step === 'clientSecret' || step === 'previousClientSecret'
}

/** The fewest steps to a property of an entry. */
const propertyDepth = 3

/**
 * Combines the problems of shape and rules, each once. They overlap, because the rules also validate programs, which
 * have no schema.
 *
 * - The shape's problem wins, because it says how to write the value in YAML.
 * - For a missing value the rule's wins, because it says what the value is.
 * - A key that is misspelt is not missing as well, nor is a value that could not be read (`unread`).
 */
export function combine(
  unread: readonly Problem[],
  shape: readonly ShapeProblem[],
  rules: readonly Problem[],
): Problem[] {
  const explainedBefore = explainer([
    ...unread.map(({ path }) => path),
    ...shape.flatMap(({ meant }) => (meant ? [meant] : [])),
  ])
  const ruled = new Set(rules.map(({ path }) => keyOf(path)))
  const kept = shape.filter(
    ({ absent, path }) => !absent || !(ruled.has(keyOf(path)) || explainedBefore(path)),
  )
  const explainedByShape = explainer(kept.map(({ path }) => path))
  return [
    ...kept,
    ...rules.filter(
      ({ severity, path }) =>
        severity === 'warning' || !(explainedBefore(path) || explainedByShape(path)),
    ),
  ]
}

/** Tells whether a problem at a path follows from a known one at it, above it or below it. */
function explainer(known: readonly PropertyPath[]): (path: PropertyPath) => boolean {
  const exact = new Set(known.filter(({ length }) => length > 0).map(keyOf))
  const above = new Set(known.flatMap((path) => prefixes(path, propertyDepth)))
  return (path) =>
    above.has(keyOf(path)) || [...prefixes(path, 1), keyOf(path)].some((key) => exact.has(key))
}

function prefixes(path: PropertyPath, shortest: number): string[] {
  return path.flatMap((_, length) => (length >= shortest ? [keyOf(path.slice(0, length))] : []))
}

function keyOf(path: PropertyPath): string {
  return JSON.stringify(path)
}
