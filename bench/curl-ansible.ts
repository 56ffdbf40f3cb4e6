// The same two calls for each client as teams send them today: in a shell loop and as Ansible tasks.
import { execFile, spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type BenchClient, secret, makeFolder } from './workload.ts'

const venv = join('.psc', 'ansible')

/** Measures a shell loop of two `curl` calls for each client, in seconds. */
export async function runCurlLoop(
  clients: readonly BenchClient[],
  baseUrl: string,
): Promise<number> {
  const list = join(makeFolder('curl'), 'curl.txt')
  const lines = clients.map((client) => `${client.clientId}\t${JSON.stringify(bodyOf(client))}`)
  writeFileSync(list, `${lines.join('\n')}\n`)
  const script = `set -eu
while IFS=$'\\t' read -r id body; do
  answer=$(curl -sS --fail "$BASE/client_token" -d grant_type=client_credentials -d "client_id=$id" -d "client_secret=$SECRET")
  token=\${answer#*'"access_token":"'}
  token=\${token%%'"'*}
  curl -sS --fail -o /dev/null -X PUT "$BASE/client_maintenance" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "$body"
done < "$LIST"`
  return time('bash', ['-c', script], { BASE: baseUrl, SECRET: secret, LIST: list })
}

/** Measures the same two calls for each client as Ansible `uri` tasks, in seconds. */
export async function runAnsible(
  clients: readonly BenchClient[],
  baseUrl: string,
): Promise<number> {
  const file = join(makeFolder('ansible'), 'playbook.json')
  const url = (service: string) => `${baseUrl}/${service}`
  const playbook = [
    {
      hosts: 'localhost',
      connection: 'local',
      gather_facts: false,
      // By default Ansible takes a Python from the PATH, which may be another one or a broken one.
      vars: {
        ansible_python_interpreter: '{{ ansible_playbook_python }}',
        clients: clients.map((client) => ({ id: client.clientId, body: bodyOf(client) })),
      },
      tasks: [
        {
          name: 'token',
          'ansible.builtin.uri': {
            url: url('client_token'),
            method: 'POST',
            body_format: 'form-urlencoded',
            body: {
              grant_type: 'client_credentials',
              client_id: '{{ item.id }}',
              client_secret: secret,
            },
          },
          loop: '{{ clients }}',
          register: 'tokens',
          no_log: true,
        },
        {
          name: 'maintenance',
          'ansible.builtin.uri': {
            url: url('client_maintenance'),
            method: 'PUT',
            headers: { Authorization: 'Bearer {{ item.json.access_token }}' },
            body_format: 'json',
            body: '{{ item.item.body }}',
          },
          loop: '{{ tokens.results }}',
          no_log: true,
        },
      ],
    },
  ]
  writeFileSync(file, JSON.stringify(playbook))
  const config = { ANSIBLE_LOCALHOST_WARNING: 'false', ANSIBLE_INVENTORY_UNPARSED_WARNING: 'false' }
  return time(join(venv, 'bin', 'ansible-playbook'), ['-i', 'localhost,', file], config)
}

/** Installs Ansible if it is missing. Returns undefined if it cannot be installed. */
export async function ansibleVersion(): Promise<string | undefined> {
  const command = join(venv, 'bin', 'ansible-playbook')
  try {
    if (!existsSync(command)) {
      await time('python3', ['-m', 'venv', venv], {})
      await time(join(venv, 'bin', 'pip'), ['install', '--quiet', 'ansible-core'], {})
    }
    const { stdout } = await promisify(execFile)(command, ['--version'])
    return stdout.split('\n', 1)[0]
  } catch {
    return undefined
  }
}

function bodyOf(client: BenchClient): Record<string, unknown> {
  return {
    client_id: client.clientId,
    name: client.name,
    comments: client.comments,
    redirect_uris: client.redirectUris,
    email: client.email,
  }
}

function time(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const began = performance.now()
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-2000)))
  }
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => {
      if (code === 0) done((performance.now() - began) / 1000)
      else fail(new Error(`${command} ended with ${String(code)}:\n${output}`))
    })
  })
}
