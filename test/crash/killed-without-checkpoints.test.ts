import { describeKills } from './support/kills.ts'

describeKills(1, { PULUMI_SKIP_CHECKPOINTS: 'true' })
