import { describeKills } from './support/kills.ts'

describeKills({ PULUMI_SKIP_CHECKPOINTS: 'true' })
