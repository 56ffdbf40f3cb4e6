import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { Journal } from '../provider/engine/journal.ts'
import { systemClock } from '../provider/http/message.ts'
import { pickStored } from '../provider/rules/client-fields.ts'
import { median } from './median.ts'
import { clientsOf } from './workload.ts'

/** What the journal of writes adds, in milliseconds. */
export interface JournalTimes {
  /** To a PUT: a line on the disk before it, and a line after it. */
  readonly write: number
  /** To a run: reading the journal of this many writes. */
  readonly read: number
}

/** Writes a journal in a folder of its own, as a provider does, and reads it again. */
export async function measureJournal(count: number): Promise<JournalTimes> {
  mkdirSync('.psc', { recursive: true })
  const folder = mkdtempSync(resolve('.psc', 'bench-journal-'))
  const address = 'https://psc.exemplo.gov.br/psc/v0/oauth/client_maintenance'
  try {
    const journal = new Journal(systemClock, folder)
    const writes: number[] = []
    for (const client of clientsOf(count)) {
      const document = pickStored(client)
      const began = performance.now()
      const attempt = await journal.begin({ address, clientId: client.clientId })
      await attempt.written(document)
      writes.push(performance.now() - began)
      if (attempt.failure !== undefined) throw new Error(attempt.failure)
    }
    const began = performance.now()
    new Journal(systemClock, folder).doubts({ address, clientId: 'none' }, { document: {} })
    return { write: median(writes), read: performance.now() - began }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
