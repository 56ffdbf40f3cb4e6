import type { Catalogue } from '../../provider/say.ts'
import { answers } from './answers.ts'
import { commands } from './commands.ts'
import { helps } from './helps.ts'
import { manifest } from './manifest.ts'
import { outputs } from './outputs.ts'
import { pscs } from './pscs.ts'
import { rules } from './rules.ts'
import { schema } from './schema.ts'
import { sources } from './sources.ts'

/** Every sentence that a command says, in Brazilian Portuguese, by its English template. */
export const portuguese: Catalogue = {
  ...rules,
  ...manifest,
  ...commands,
  ...helps,
  ...outputs,
  ...pscs,
  ...answers,
  ...schema,
  ...sources,
}
