import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { it } from 'node:test'
import stringWidth from 'string-width'
import { textReport } from '../../cli/profiles/report.ts'
import { pscNames } from '../../provider/psc/profiles/known.ts'

const psc = (...args: string[]) =>
  spawnSync(process.execPath, ['cli/main.ts', 'profiles', ...args], { encoding: 'utf8' })

it('The profiles command shows every PSC, each value with its confirmation and its source', () => {
  const { stdout, status } = psc()
  assert.equal(status, 0)
  for (const name of pscNames) assert.match(stdout, new RegExp(`^${name}: `, 'm'))
  assert.match(stdout, /rotates +no +confirmed +SERPRO, "Manutenção de aplicação"/)
  assert.match(stdout, /tokenRequest +json +said +three independent public programs/)
})

it('The profiles command --json is a document for programs', () => {
  const { stdout } = psc('vidaas', '--json')
  const { profiles } = JSON.parse(stdout) as {
    profiles: { name: string; environments: object; values: Record<string, object> }[]
  }
  assert.deepEqual(
    profiles.map(({ name }) => name),
    ['vidaas'],
  )
  assert.deepEqual(Object.keys(profiles[0]?.environments ?? {}), [
    'production',
    'homologation',
    'demonstration',
  ])
  const { value, confirmed } = profiles[0]?.values.ownUriSchemes as Record<string, unknown>
  assert.deepEqual([value, confirmed], [['push'], false])
})

it('The profiles command refuses an unknown name and lists the known ones', () => {
  const { status, stderr } = psc('remoteid')
  assert.equal(status, 2)
  assert.match(stderr, /standard, neoid, serproid, vidaas, birdid, vaultid, safeid/)
})

it('No line of the profiles is wider than the terminal', () => {
  const { columns } = process.stdout
  process.stdout.columns = 80
  try {
    const wide = textReport(pscNames)
      .split('\n')
      .filter((line) => stringWidth(line) > 80)
    assert.deepEqual(wide, [])
  } finally {
    process.stdout.columns = columns
  }
})

it('The help names no empty default', () => {
  const { stdout } = spawnSync(process.execPath, ['cli/main.ts', 'report', '--help'], {
    encoding: 'utf8',
  })
  assert.doesNotMatch(stdout, /\[\]/)
})
