import type { Catalogue } from '../../provider/say.ts'
import { commands } from './commands.ts'
import { helps } from './helps.ts'
import { manifest } from './manifest.ts'
import { outputs } from './outputs.ts'
import { pscs } from './pscs.ts'
import { rules } from './rules.ts'

/** Every sentence that a command says, in Brazilian Portuguese, by its English template. */
export const portuguese: Catalogue = {
  ...rules,
  ...manifest,
  ...commands,
  ...helps,
  ...outputs,
  ...pscs,
}
