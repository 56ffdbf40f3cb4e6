// Checks every hostile text of a size, in a thread whose memory is limited.
import { workerData } from 'node:worker_threads'
import { formatProblems } from '../../provider/manifest/problem.ts'
import { texts } from './hostile-texts.ts'
import { check } from './support.ts'

for (const text of Object.values(texts)) formatProblems(check(text(workerData as number)).problems)
