import { stringify } from 'yaml'
import { printable } from '../../provider/rules/text.ts'
import { say } from '../../provider/say.ts'
import type { Environment, StandIn } from './environment.ts'
import type { Served } from './serve.ts'

/** Describes what runs, and how a stack is led there: commands, and the same as a part of its file. Shows no secret. */
export function describeServed({ environment, systems }: Served): string[] {
  const { name, stack, leftOut, standIns } = environment
  const pscs = systems.filter(({ plays }) => plays !== 'motor-rce')
  const motorRce = systems.find(({ plays }) => plays === 'motor-rce')
  const widest = Math.max(...systems.map((system) => system.name.length))
  const baseUrls = Object.fromEntries(pscs.map((psc) => [psc.name, psc.baseUrl]))
  return [
    `${printable(name)}:`,
    ...systems.map(
      ({ name, baseUrl, clients }) =>
        `  ${name.padEnd(widest)}  ${baseUrl}  ${clients === 1 ? say`1 client` : say`${clients} clients`}`,
    ),
    ...describeStandIns(environment, standIns),
    ...(pscs.length === 0
      ? []
      : [
          '',
          say`Lead the stack there:`,
          ...pscs.map(({ name, baseUrl }) => `  ${setBaseUrl(name, baseUrl, stack)}`),
          say`The same as a part of ${`Pulumi.${stack ?? '<stack>'}.yaml`}:`,
          ...indented(stringify({ config: { 'psc:baseUrls': baseUrls } })),
        ]),
    ...(motorRce === undefined
      ? []
      : [
          '',
          say`The address of motor-rce stands in the manifest:`,
          `  authBaseUrl: ${motorRce.url}`,
        ]),
    ...leftOut.map(
      (key) => say`The emulator does not play the issuer of the credential ${printable(key)}.`,
    ),
    '',
  ]
}

function describeStandIns({ stack }: Environment, standIns: readonly StandIn[]): string[] {
  if (standIns.length === 0) return []
  return [
    '',
    say`These secrets are not available here. The emulator takes a stand-in:`,
    ...standIns.map(({ reference, value }) => {
      if ('env' in reference) return `  export ${forShell(reference.env)}=${value}`
      if ('file' in reference) return `  printf %s ${value} > ${forShell(reference.file)}`
      const path = /[.[]/.test(reference.config) ? '--path ' : ''
      return `  npx pulumi config set${ofStack(stack)} --secret ${path}${forShell(reference.config)} ${value}`
    }),
  ]
}

function setBaseUrl(name: string, baseUrl: string, stack: string | undefined): string {
  const key = /^[\p{L}\p{N}_-]+$/u.test(name) ? `.${name}` : `["${name}"]`
  return `npx pulumi config set${ofStack(stack)} --path 'psc:baseUrls${key}' ${baseUrl}`
}

function ofStack(stack: string | undefined): string {
  return stack === undefined ? '' : ` --stack ${forShell(stack)}`
}

function forShell(text: string): string {
  const shown = printable(text)
  return /^[\w./:@-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`
}

function indented(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
}
