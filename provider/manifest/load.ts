import { dirname, resolve } from 'node:path'
import { FileError } from '../errors.ts'
import { type ReadFile, readStart, readWhole } from '../read-file.ts'
import type { ValidateOptions } from '../rules/client.ts'
import { nearest } from '../rules/nearest.ts'
import { type Problem, type PropertyPath, refuse, warn } from '../rules/problem.ts'
import { describeType, isRecord } from '../rules/text.ts'
import { say } from '../say.ts'
import { buildManifest, type Manifest } from './build.ts'
import {
  type ClientIdentity,
  identifyClients,
  type References,
  validateEntries,
} from './entries.ts'
import { pointTo } from './excerpt.ts'
import { confineLinks, type FollowLinks } from './links.ts'
import { createSource, parse, type Source } from './parse.ts'
import { collect, ManifestError, type ManifestProblem, maxProblems } from './problem.ts'
import { Certificates, Profiles } from './references.ts'
import { type ManifestDocument, manifestSchema } from './schema.ts'
import { combine, type ShapeProblem, validateShape } from './shape.ts'
import type { Offsets, Tree } from './tree.ts'

/** Far more than ten thousand clients need. */
const longestManifest = 16 * 2 ** 20

/** Says how a manifest is read and judged. */
export interface LoadOptions extends Partial<ValidateOptions> {
  /** PSC → base URL, as `psc:baseUrls` of a stack: a PSC that has one there needs none in the manifest. Default: none. */
  readonly baseUrls?: Readonly<Record<string, string>>
  /** The folder from which the provider reads the files of secrets. Default: the working directory. */
  readonly programFolder?: string
  /** Reads at most `limit` bytes of the manifest or a certificate; default: from the file system. */
  readonly readFile?: ReadFile
  /**
   * Refuses a manifest, a certificate and a secret that a link reaches outside of the manifest's folder, unless it is in one
   * of these folders. Default: follows every link.
   */
  readonly allowedPaths?: readonly string[]
}

/** Holds the result of `checkManifest`. */
export interface CheckedManifest {
  readonly file: string
  /** How many clients it declares, right or wrong. */
  readonly clients: number
  readonly credentials: number
  /** Errors and warnings, in the order of the text. */
  readonly problems: readonly ManifestProblem[]
  /** Builds the arguments of every entry; lint needs none, and 20,000 of them are large. Absent if there is an error. */
  readonly build?: () => Manifest
  /** Lists the clients whose PSC is known, also where others have errors. Absent if the file is no manifest. */
  readonly identities?: () => readonly ClientIdentity[]
  /** Points to a problem that only several manifests together have. Absent if the file is no manifest. */
  readonly pointTo?: (found: readonly Problem[]) => readonly ManifestProblem[]
  /** Finds the line and column of a value, both from 1. Absent if the file is no manifest. */
  readonly placeOf?: (path: PropertyPath) => { readonly line: number; readonly column: number }
}

/** Reads and validates a manifest and its certificates. Every mistake of its author is a problem; none is thrown. */
export function checkManifest(file: string, options: LoadOptions = {}): CheckedManifest {
  const { allowedPaths, readFile = readStart } = options
  const follow = allowedPaths && confineLinks(file, allowedPaths)
  const read: ReadFile = follow ? (path, limit) => readFile(follow(path), limit) : readFile
  try {
    const source = createSource(file, readWhole(file, longestManifest, read))
    return check(source, { ...options, readFile: read, ...(follow && { follow }) })
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    return { file, ...none, problems: [{ ...refuse([], error.detail, error.code), file }] }
  }
}

/**
 * Loads a manifest: for each client, the arguments of a `PscClient`.
 *
 * @throws {ManifestError} with every problem, if one of them is an error; a file that cannot be read is one.
 */
export function loadManifest(file: string, options: LoadOptions = {}): Manifest {
  const { build, problems } = checkManifest(file, options)
  if (build === undefined) throw new ManifestError(problems)
  return build()
}

function check(source: Source, options: LoadOptions & { follow?: FollowLinks }): CheckedManifest {
  const { file } = source
  const { problems: yaml, ...parsed } = parse(source)
  const { tree } = parsed
  if (tree === undefined) return { file, ...none, problems: pointTo(source, parsed, yaml) }
  const known = yaml.map(({ problem }) => problem)
  const validated = validateManifest(tree, known, file, { now: new Date(), ...options })
  const placed = validated.problems.map((problem) => ({ problem, at: locate(tree, problem) }))
  // The keys of another file may be secret. So nothing else is reported.
  const found = validated.isStranger ? placed : [...yaml, ...placed]
  const problems = pointTo(source, parsed, found)
  const { programFolder = process.cwd() } = options
  const { document } = validated
  const failed = problems.some(({ severity }) => severity === 'error')
  return {
    file,
    clients: count(tree, 'clients'),
    credentials: count(tree, 'credentials'),
    problems,
    ...(!failed &&
      document && {
        build: () =>
          buildManifest(document, validated.references, { file, programFolder }, problems),
      }),
    ...(!validated.isStranger && {
      identities: () => identifyClients(tree.value, validated.references),
      pointTo: (found) =>
        pointTo(
          source,
          parsed,
          found.map((problem) => ({ problem, at: locate(tree, problem) })),
        ),
      placeOf(path) {
        const { line, col: column } = source.lines.linePos(tree.locate(path)[0])
        return { line, column }
      },
    }),
  }
}

/** Points to the name of an entry for a problem of the whole entry, and to an unknown key. */
function locate(tree: Tree, problem: Problem | ShapeProblem): Offsets {
  if ('key' in problem) return tree.locate(problem.key, 'key')
  return tree.locate(problem.path, problem.path.length === 2 ? 'key' : 'value')
}

const none = { clients: 0, credentials: 0 }

function count(tree: Tree, section: keyof typeof none): number {
  const { value } = tree.at([section])
  return isRecord(value) ? Object.keys(value).length : 0
}

/**
 * Holds the result of `validateManifest`. Internal, so that the types of a program load neither zod nor yaml.
 *
 * @internal
 */
export interface Validated {
  readonly problems: readonly (Problem | ShapeProblem)[]
  readonly references: References
  /** Whether the file is not a manifest. */
  readonly isStranger?: boolean
  /** Absent if the shape is wrong. */
  readonly document?: ManifestDocument
}

/**
 * Validates a manifest's shape, and every entry by the rules. Reports each problem once.
 *
 * @param yaml the problems that are known already.
 * @internal
 */
export function validateManifest(
  tree: Tree,
  yaml: readonly Problem[],
  file: string,
  options: ValidateOptions & Pick<LoadOptions, 'baseUrls' | 'readFile'> & { follow?: FollowLinks },
): Validated {
  const { value } = tree
  const reported: Problem[] = []
  const sections = isRecord(value) ? value : {}
  const report = (problem: Problem) => {
    if (reported.length <= maxProblems) reported.push(problem)
  }
  const references = {
    certificates: new Certificates(sections.certificates, file, options.readFile, report),
    profiles: new Profiles(sections.pscs, report, options.baseUrls),
    faultOfSecret: (path: string) =>
      options.follow && faultOf(options.follow, resolve(dirname(file), path)),
  }
  if (value === undefined) return { problems: [], references }
  const stranger = isRecord(value) ? findStranger(value) : notManifest(value)
  if (!isRecord(value) || stranger) {
    return { problems: stranger ? [stranger] : [], references, isStranger: stranger !== undefined }
  }
  const found = collect(validateEntries(value, references, options))
  const rules = collect([...reported, ...found, ...(yaml.length === 0 ? findEmptiness(value) : [])])
  const { document, problems } = validateShape(value, tree)
  // Where a part of the manifest is not understood, it may be what uses a certificate.
  const isUnderstood = problems.length === 0 && !yaml.some(({ severity }) => severity === 'error')
  if (isUnderstood) rules.push(...references.certificates.unused)
  const unread = yaml.filter(({ path }) => tree.at(path).value === undefined)
  return { problems: combine(unread, problems, rules), references, ...(document && { document }) }
}

/** Says why a file of a secret must not be read. Whether it is there is for the machine to know that reads it. */
function faultOf(follow: FollowLinks, path: string): FileError | undefined {
  try {
    follow(path)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    return error.code === 'ERR_PSC_LINK' ? error : undefined
  }
  return undefined
}

function notManifest(value: unknown): Problem {
  if (value === null) {
    const message = say`the manifest is empty. Write a map with the key clients.`
    return refuse([], message, 'ERR_PSC_EMPTY_MANIFEST')
  }
  const message = say`the manifest is ${describeType(value)} and not a map. Write a map with the key clients.`
  return refuse([], message, 'ERR_PSC_TYPE')
}

/** Refuses a file without a key of a manifest. The message repeats none of its keys: they may be secret. */
function findStranger(value: Readonly<Record<string, unknown>>): Problem | undefined {
  const known = Object.keys(manifestSchema.shape)
  const keys = Object.keys(value).slice(0, 100)
  const isNear = (key: string) => known.includes(key) || nearest(key, known, 2) !== undefined
  if (keys.length === 0 || keys.some(isNear)) return undefined
  const message = say`the file is not a manifest: it has none of the keys ${known.join(', ')}. Name the manifest.`
  return refuse([], message, 'ERR_PSC_EMPTY_MANIFEST')
}

function findEmptiness({ clients, credentials }: Readonly<Record<string, unknown>>): Problem[] {
  if (clients === undefined && credentials === undefined) {
    const message = say`the manifest declares nothing. Give the key clients.`
    return [refuse([], message, 'ERR_PSC_EMPTY_MANIFEST')]
  }
  const sections = [clients, credentials].filter(isRecord)
  const empty =
    sections.length > 0 && sections.every((section) => Object.keys(section).length === 0)
  const message = say`the manifest declares no client.`
  return empty ? [warn([], message, 'WARN_PSC_EMPTY_MANIFEST')] : []
}
