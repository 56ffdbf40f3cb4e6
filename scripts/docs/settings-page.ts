import { settings } from '../../provider/engine/configuration.ts'
import { toTable } from './table.ts'

/** Writes the README's list of settings: each name with its default. */
export function settingsList(): string {
  return Object.entries(settings)
    .map(([name, { shownDefault }]) => `\`${name}\` (${shownDefault})`)
    .join(', ')
}

/** Writes docs/settings.md: what each setting of a stack does, and its possible values. */
export function settingsPage(): string {
  const rows = Object.entries(settings).map(([name, setting]) => [
    `\`psc:${name}\``,
    setting.description,
    setting.expected(),
    setting.shownDefault,
    `\`${setting.example}\``,
  ])
  return `${introduction}\n\n${toTable(['name', 'meaning', 'value', 'default', 'pulumi config set'], rows)}\n\n${end}\n`
}

const introduction = `# Settings of a stack

\`npx pulumi config set psc:<name> <value>\` sets one, in the stack's own file (\`Pulumi.<stack>.yaml\`).`

const end = `An unknown name, an unknown PSC in \`psc:baseUrls\` and a wrong value are errors, with the command that corrects them. A preview and
an \`up\` report them before they send a request. A refresh uses the settings of the last \`up\`, and a destroy needs none. Under \`psc:\`, a team can have other keys only for
secrets: encrypted ones, and those that a manifest names with \`{ config }\`.
A program that declares manifests by name may have any other key there that is not nearly a setting.

This page is generated: \`npm run docs\` writes it from \`provider/engine/configuration.ts\`.`
