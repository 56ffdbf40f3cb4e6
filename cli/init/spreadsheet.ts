import { parse } from 'csv-parse/sync'
import { checkManifest, type ManifestProblem } from '../../provider/manifest/index.ts'
import { isPscName } from '../../provider/psc/index.ts'
import { readStart } from '../../provider/read-file.ts'
import { nearest } from '../../provider/rules/nearest.ts'
import { quote } from '../../provider/rules/text.ts'
import { CommandError } from '../errors.ts'
import { say } from '../../provider/say.ts'
import { writeManifests } from './manifest.ts'
import { choosablePscs, isMaintained, type NewClient, type Setup, variableOf } from './setup.ts'

/** Lists the columns in the order of the documentation. The first row names them, in any order. */
export const columns = [
  'environment',
  'key',
  'psc',
  'clientId',
  'secret',
  'name',
  'comments',
  'email',
  'redirectUris',
  'hosts',
] as const

type Column = (typeof columns)[number]

/** May be empty or missing: a team with one environment needs none, and `secret` follows from `key`. */
const optional: readonly Column[] = ['environment', 'secret', 'hosts']

export const encodings = ['utf-8', 'windows-1252'] as const

interface Row {
  /** As a spreadsheet numbers it, from 1. */
  readonly number: number
  readonly cells: Readonly<Record<Column, string>>
}

interface Fault {
  readonly row: number
  readonly column: string
  readonly message: string
}

/**
 * Reads the clients of a spreadsheet: comma or semicolon, the first row names the columns. Several redirect URIs or hosts
 * in a cell have spaces or line breaks between them.
 *
 * @throws {CommandError} with every problem, each with its row and column, by the rules of `lint`.
 */
export function readSpreadsheet(
  file: string,
  bytes: Uint8Array,
  encoding: (typeof encodings)[number],
  setup: Setup,
): NewClient[] {
  const { rows, faults } = readRows(file, decode(file, bytes, encoding))
  const found = rows.map((row) => ({ row, ...readClient(row, setup) }))
  const all = [...faults, ...found.flatMap((one) => one.faults), ...findRepeated(rows, setup)]
  const clients = found.flatMap(({ client }) => client ?? [])
  // The rules judge whole clients.
  if (all.length === 0) all.push(...judge(setup, clients, rows))
  if (all.length > 0) throw refuse(file, all)
  return clients
}

function decode(file: string, bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new CommandError(
      'ERR_PSC_SPREADSHEET',
      say`${file}: the text is not ${encoding.toUpperCase()}. Save it as "CSV UTF-8", or give --encoding windows-1252.`,
    )
  }
}

function readRows(file: string, text: string): { rows: Row[]; faults: Fault[] } {
  const [head = ''] = text.split(/[\r\n]/, 1)
  const count = (mark: string) => head.split(mark).length
  let records: string[][]
  try {
    records = parse(text, {
      bom: true,
      delimiter: count(';') > count(',') ? ';' : ',',
      relax_column_count: true,
      trim: true,
    })
  } catch (error) {
    const { lines } = error as { lines?: number }
    throw new CommandError(
      'ERR_PSC_SPREADSHEET',
      say`${file}: line ${lines ?? 1}: a quote has no partner. Write a quote inside a quoted cell twice.`,
    )
  }
  const [names = [], ...body] = records
  const faults = faultsOfHead(names)
  const rows = body.flatMap((cells, index): Row[] => {
    if (cells.every((cell) => cell === '')) return []
    const of = (column: Column) => cells[names.indexOf(column)] ?? ''
    const entries = columns.map((column) => [column, of(column)])
    return [{ number: index + 2, cells: Object.fromEntries(entries) as Row['cells'] }]
  })
  if (rows.length === 0)
    faults.push({ row: 2, column: 'key', message: say`there is no client. Add a row.` })
  return { rows: faults.length > 0 ? [] : rows, faults }
}

function faultsOfHead(names: readonly string[]): Fault[] {
  const unknown = names.flatMap((name, index): Fault[] => {
    const column = name || String(index + 1)
    if (names.indexOf(name) !== index) {
      return [{ row: 1, column, message: say`the column is there twice. Remove one.` }]
    }
    if ((columns as readonly string[]).includes(name)) return []
    const meant = nearest(name, columns)
    const hint =
      meant === undefined ? say`Known: ${columns.join(', ')}.` : say`Did you mean ${meant}?`
    return [{ row: 1, column, message: `${say`unknown column.`} ${hint}` }]
  })
  const missing = columns.filter((name) => !optional.includes(name) && !names.includes(name))
  return [
    ...unknown,
    ...missing.map((column) => ({ row: 1, column, message: say`the column is missing. Add it.` })),
  ]
}

function readClient(
  { number, cells }: Row,
  { environments }: Setup,
): { client?: NewClient; faults: Fault[] } {
  const faults: Fault[] = []
  const refuse = (column: Column, message: string) => {
    faults.push({ row: number, column, message })
  }
  const { key, psc, secret } = cells
  const environment = cells.environment || (environments.length === 1 ? environments[0] : undefined)
  if (environment === undefined)
    refuse('environment', `${say`the cell is empty.`} ${known(environments)}`)
  else if (!environments.includes(environment)) {
    refuse(
      'environment',
      `${say`unknown environment ${quote(environment)}.`} ${known(environments)}`,
    )
  }
  for (const column of columns) {
    const isUseless = isPscName(psc) && !isMaintained(psc) && descriptive.includes(column)
    if (cells[column] === '' && !optional.includes(column) && !isUseless) {
      refuse(column, say`the cell is empty. Fill it in.`)
    }
  }
  const isKnown = isPscName(psc) && psc !== 'standard'
  if (psc !== '' && !isKnown) {
    const meant = nearest(psc.toLowerCase(), choosablePscs)
    refuse(
      'psc',
      `${say`unknown PSC ${quote(psc)}.`} ${meant ? say`Did you mean ${meant}?` : known(choosablePscs)}`,
    )
  }
  // Does not repeat the cell: it may be the secret itself.
  if (secret !== '' && !/^[A-Za-z_]\w*$/.test(secret)) {
    refuse(
      'secret',
      say`not the name of an environment variable. Give a name such as PORTAL_SECRET, never the secret.`,
    )
  }
  if (faults.length > 0 || !isKnown || environment === undefined) return { faults }
  const { clientId, name, comments, email } = cells
  const hosts = listOf(cells.hosts)
  return {
    faults,
    client: {
      ...{ environment, key, psc, clientId, name, comments, email },
      secret: secret || variableOf(key),
      redirectUris: listOf(cells.redirectUris),
      ...(hosts.length > 0 && { hosts }),
    },
  }
}

/** The columns that a PSC without maintenance does not need. */
const descriptive: readonly Column[] = ['name', 'comments', 'email', 'redirectUris']

function listOf(cell: string): string[] {
  return cell.split(/\s+/).filter((part) => part !== '')
}

function known(names: readonly string[]): string {
  return say`Give one of ${names.join(', ')}.`
}

/** Finds keys that two rows of one manifest have. */
function findRepeated(rows: readonly Row[], { layout }: Setup): Fault[] {
  const first = new Map<string, number>()
  return rows.flatMap(({ number, cells: { environment, key } }): Fault[] => {
    const mark = JSON.stringify([layout === 'fleet' ? '' : environment, key])
    const earlier = first.get(mark)
    if (earlier === undefined) first.set(mark, number)
    if (earlier === undefined || key === '') return []
    return [
      { row: number, column: 'key', message: say`row ${earlier} has the same key. Give another.` },
    ]
  })
}

/** Judges the clients by the rules of `lint`, and leads each problem back to its cell. */
function judge(setup: Setup, clients: readonly NewClient[], rows: readonly Row[]): Fault[] {
  return writeManifests(setup, clients, false).flatMap(({ file, text, clients: own }) => {
    const readFile = (path: string, limit: number) =>
      path === file ? Buffer.from(text) : readStart(path, limit)
    if (own.length === 0)
      return [
        {
          row: 1,
          column: 'environment',
          message: say`no row is for ${file}. Add one, or correct --environments.`,
        },
      ]
    const { problems } = checkManifest(file, { readFile })
    return problems.map((problem): Fault => {
      const { path, message, code } = problem
      const client = own.find(({ key }) => key === path[1])
      const row = rows[client ? clients.indexOf(client) : -1]?.number ?? 1
      return { row, column: columnOf(path), message: `${message} [${code}]` }
    })
  })
}

function columnOf([section, , field]: ManifestProblem['path']): string {
  if (section !== 'clients' && section !== 'credentials') return String(section)
  if (field === 'certificate') return 'hosts'
  if (field === 'clientSecret') return 'secret'
  return field === undefined ? 'key' : field === 'issuer' ? 'psc' : String(field)
}

function refuse(file: string, faults: readonly Fault[]): CommandError {
  const lines = faults
    .toSorted((one, other) => one.row - other.row)
    .map(({ row, column, message }) => `  ${say`row ${row}, ${column}: ${message}`}`)
  const count =
    faults.length === 1
      ? say`The spreadsheet has one problem. Nothing was written.`
      : say`The spreadsheet has ${faults.length} problems. Nothing was written.`
  return new CommandError('ERR_PSC_SPREADSHEET', `${file}:\n${lines.join('\n')}\n${count}`)
}
