import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { clientKey } from '../../provider/client/index.ts'
import {
  checkManifest,
  formatProblems,
  type ManifestClient,
  ManifestError,
} from '../../provider/manifest/index.ts'
import { findMissingPackage } from '../../provider/engine/installed.ts'
import { ConfigurationError } from '../../provider/errors.ts'
import { CommandError, exitCodes } from '../errors.ts'
import { spokenLanguage } from '../language.ts'
import { canErase, note, print } from '../output.ts'
import type { FleetOptions, Operation } from './options.ts'
import { chooseParts, planParts, refuseMisspelt, warnOfParts } from './plan.ts'
import { Progress, type Screen } from './progress.ts'
import { findProject, type Project, readStored, readValues } from '../project.ts'
import { say } from '../../provider/say.ts'
import type { FleetSettings } from './protocol.ts'
import { findProxyFault } from './proxy.ts'
import { isGood, jsonReport, textReport } from './report.ts'
import { listenForInterruption, runParts } from './schedule.ts'
import { WorkerProcess } from './worker-process.ts'

/**
 * Splits a manifest into stacks and runs them side by side, each through Pulumi's Automation API.
 *
 * @returns the exit code: 0 when all went well, 1 for a problem.
 * @throws {CommandError} for wrong usage, or when the run cannot begin.
 * @throws {ManifestError} with every problem of the manifest.
 */
export async function runFleet(
  operation: Operation,
  file: string,
  options: FleetOptions,
): Promise<number> {
  const project = findProject('.')
  if (!project) {
    throw new CommandError(
      'ERR_PSC_USAGE',
      say`there is no Pulumi.yaml in this folder, nor in a folder above. Run the command in a project.`,
    )
  }
  const proxyFault = findProxyFault(process.env)
  if (proxyFault !== undefined) throw new CommandError('ERR_PSC_PROXY', proxyFault)
  const missing = findMissingPackage(project.program)
  if (missing !== undefined) throw new CommandError('ERR_PSC_NOT_INSTALLED', missing)
  const shared =
    options.configFile === undefined ? undefined : readStored(readValues(options.configFile))
  const checked = checkManifest(file, {
    programFolder: project.program,
    ...shared?.settings,
  })
  const { problems } = checked
  if (!checked.build) {
    // A misspelt setting may be what the manifest's problems follow from.
    shared?.validateKeys(project.name)
    throw new ManifestError(problems)
  }
  const manifest = checked.build()
  const misplaced = shared?.validateKeys(project.name, [manifest]) ?? []
  if (misplaced.length > 0) throw new ConfigurationError(misplaced.join('\n'))
  if (problems.length > 0) noteLine(`${formatProblems(problems)}\n`)
  const planned = planParts(manifest, options)

  using interruption = listenForInterruption((line) => {
    noteLine(`\n${line}`)
  })
  const settings = settingsOf(operation, project, options)
  const worker = new WorkerProcess(settings)
  const began = performance.now()
  let progress: Progress | undefined
  try {
    const giveUp = () => {
      worker.kill()
    }
    interruption.stop.addEventListener('abort', giveUp)
    noteLine(say`Listing the stacks of the backend …`)
    const known = await worker.list().catch((error: unknown) => {
      if (!interruption.stop.aborted) throw error
      throw new CommandError(
        'ERR_PSC_FLEET_STOPPED',
        say`stopped before any stack began. Run it again.`,
      )
    })
    interruption.stop.removeEventListener('abort', giveUp)
    // Of all jobs of the fleet, so that none of them begins.
    refuseMisspelt(
      planned,
      known,
      (stack) => options.configFile !== undefined || existsSync(project.fileOf(stack)),
    )
    const parts = chooseParts(planned, known, options)
    const partWarnings = warnOfParts(operation, parts, known)
    for (const { message } of [...partWarnings.values()].flat()) {
      noteLine(`pulumi-psc fleet: ${message}`)
    }
    progress = new Progress(screen, operation, parts.length)
    const results = await runParts(
      worker,
      parts,
      known,
      {
        settings,
        parallel: options.parallel,
        lockWaitMs: options.lockWait * 1000,
        declared: finderOf(manifest.clients),
        ...interruption,
      },
      progress,
    )
    progress.close()
    const milliseconds = performance.now() - began
    const fleet = { operation, parts, partWarnings, results, warnings: problems, milliseconds }
    print((options.json === true ? jsonReport : textReport)(fleet))
    return isGood(fleet) ? exitCodes.good : exitCodes.problem
  } finally {
    progress?.close()
    await worker.end()
  }
}

/** Finds clients by their keys. Few runs ask, so the index is made when the first one does. */
function finderOf(clients: readonly ManifestClient[]) {
  let index: ReadonlyMap<string, ManifestClient> | undefined
  return (keys: readonly string[]): ManifestClient[] => {
    const byKey = (index ??= new Map(clients.map((client) => [clientKey(client.args), client])))
    return keys.flatMap((key) => byKey.get(key) ?? [])
  }
}

function settingsOf(
  operation: Operation,
  { folder, program }: Project,
  { prefix, checkpoints = false, configFile }: FleetOptions,
): FleetSettings {
  return {
    operation,
    project: folder,
    program,
    prefix,
    language: spokenLanguage(),
    checkpoints,
    ...(configFile !== undefined && { configFile: resolve(configFile) }),
  }
}

/** Progress goes to standard error, so that the report can be piped on. */
const screen: Screen = {
  isTerminal: canErase(process.stderr),
  get columns() {
    return process.stderr.columns
  },
  write: note,
}

function noteLine(line: string): void {
  note(`${line}\n`)
}
