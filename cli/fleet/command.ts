import { resolve } from 'node:path'
import { isExplained } from '../../provider/errors.ts'
import { checkManifest, toManifestError } from '../../provider/manifest/load.ts'
import { formatProblems } from '../../provider/manifest/problem.ts'
import { failedDocument, UsageError } from '../usage-error.ts'
import { chooseParts, type FleetFlags, isEmpty, planParts, readFlags } from './plan.ts'
import { Progress, type Screen } from './progress.ts'
import { findProject, type FleetProject, rebaseSecrets, sharedSettings } from './project.ts'
import type { FleetSettings } from './protocol.ts'
import { isGood, jsonReport, textReport } from './report.ts'
import { listenForInterruption, runParts } from './schedule.ts'
import type { Operation } from './tally.ts'
import { WorkerProcess } from './worker-process.ts'

/**
 * `psc fleet preview|up|refresh`: splits a manifest into stacks and runs them side by side, each through Pulumi's
 * Automation API.
 *
 * Resolves with the exit code: 0 when all went well, 1 for a problem, 2 for a wrong option.
 */
export async function runFleet(
  operation: Operation,
  manifest: string,
  flags: FleetFlags,
): Promise<number> {
  try {
    return await run(operation, manifest, flags)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (flags.json === true) {
      const code = isExplained(error) ? error.code : 'ERR_PSC_FLEET'
      const document = failedDocument(Object.assign(error, { code }))
      process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`)
    }
    process.stderr.write(`psc fleet: ${error.message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

async function run(operation: Operation, file: string, flags: FleetFlags): Promise<number> {
  const options = readFlags(flags)
  const { manifest, problems } = checkManifest(file, sharedSettings(flags.configFile))
  if (!manifest) throw toManifestError(problems)
  if (problems.length > 0) process.stderr.write(`${formatProblems(problems)}\n\n`)
  const project = findProject('.')
  if (!project) throw new UsageError('there is no Pulumi.yaml here, nor in a folder above')
  const planned = planParts(rebaseSecrets(manifest, project.program), options)

  using interruption = listenForInterruption((line) => process.stderr.write(`\n${line}\n`))
  const settings = settingsOf(operation, project, flags)
  const worker = new WorkerProcess(settings)
  const began = performance.now()
  let progress: Progress | undefined
  try {
    const giveUp = () => {
      worker.kill()
    }
    interruption.stop.addEventListener('abort', giveUp)
    process.stderr.write('Asking the backend for its stacks …\n')
    const known = await worker.list().catch((error: unknown) => {
      if (!interruption.stop.aborted) throw error
      throw new Error('stopped before anything was begun', { cause: error })
    })
    interruption.stop.removeEventListener('abort', giveUp)
    const parts = chooseParts(planned, known, options)
    if (operation !== 'refresh') {
      for (const { stack } of parts.filter(isEmpty)) {
        process.stderr.write(
          `psc fleet: ${stack} has clients and the manifest declares none in it: they leave it, and stay registered\n`,
        )
      }
    }
    progress = new Progress(screen, operation, parts.length)
    const results = await runParts(
      worker,
      parts,
      known,
      { settings, ...options, ...interruption },
      progress,
    )
    progress.close()
    const fleet = { operation, parts, results, milliseconds: performance.now() - began }
    process.stdout.write((flags.json === true ? jsonReport : textReport)(fleet))
    return isGood(fleet) ? 0 : 1
  } finally {
    progress?.close()
    await worker.end()
  }
}

function settingsOf(operation: Operation, project: FleetProject, flags: FleetFlags): FleetSettings {
  return {
    operation,
    project: project.folder,
    program: project.program,
    prefix: flags.prefix,
    checkpoints: flags.checkpoints === true,
    ...(flags.configFile !== undefined && { configFile: resolve(flags.configFile) }),
  }
}

/** Progress goes where it does not get in the way of a report that is piped on. */
const screen: Screen = {
  isTerminal: process.stderr.isTTY,
  get columns() {
    return process.stderr.columns
  },
  write: (text) => process.stderr.write(text),
}
