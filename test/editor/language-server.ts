import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type CompletionItem,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  IPCMessageReader,
  IPCMessageWriter,
  type MarkupContent,
  type Position,
  type ProtocolConnection,
} from 'vscode-languageserver-protocol/node'

const program = 'node_modules/yaml-language-server/bin/yaml-language-server'

/** The language server of YAML that VS Code and other editors run, with a schema for `clients.yaml`. */
export class LanguageServer {
  readonly #server: ChildProcess
  readonly #connection: ProtocolConnection
  readonly #seen = new Map<string, (diagnostics: readonly Diagnostic[]) => void>()
  #documents = 0

  private constructor(server: ChildProcess, connection: ProtocolConnection) {
    this.#server = server
    this.#connection = connection
  }

  /** Starts a server. @param schema the path of the JSON Schema. */
  static async start(schema: string): Promise<LanguageServer> {
    const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const
    const server = spawn(process.execPath, [program, '--node-ipc'], { stdio: [...stdio] })
    const connection = createProtocolConnection(
      new IPCMessageReader(server),
      new IPCMessageWriter(server),
    )
    const self = new LanguageServer(server, connection)
    const schemas = { [pathToFileURL(resolve(schema)).href]: '*.yaml' }
    const settings = { yaml: { schemas, validate: true, completion: true, hover: true } }
    connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
      items.map(({ section }) => (section === 'yaml' ? settings.yaml : null)),
    )
    connection.onRequest('client/registerCapability', () => null)
    connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) =>
        self.#seen.get(uri)?.(diagnostics),
    )
    connection.listen()
    const markdown = { contentFormat: ['markdown'] }
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
        textDocument: { completion: { completionItem: { snippetSupport: true } }, hover: markdown },
      },
    })
    await connection.sendNotification('initialized', {})
    await connection.sendNotification('workspace/didChangeConfiguration', { settings })
    // The settings and the schema are there when the first mistake is underlined.
    await self.mistakes('x: y')
    return self
  }

  /** What the editor underlines in a text: `line: message`, the lines from 1. */
  async mistakes(text: string): Promise<string[]> {
    const uri = this.#newUri()
    const diagnostics = await new Promise<readonly Diagnostic[]>((done) => {
      this.#seen.set(uri, done)
      void this.#open(uri, text)
    })
    return diagnostics.map(({ range, message }) => `${range.start.line + 1}: ${wordsOf(message)}`)
  }

  /** What the editor offers at the place of `|` in a text, which it takes out. */
  async offers(text: string): Promise<string[]> {
    const { uri, position } = await this.#openAt(text)
    const answer = await this.#connection.sendRequest<
      { items: CompletionItem[] } | CompletionItem[]
    >('textDocument/completion', { textDocument: { uri }, position })
    const items = Array.isArray(answer) ? answer : answer.items
    return items.map(({ label }) => label)
  }

  /** What the editor shows of the word at the place of `|`. */
  async explains(text: string): Promise<string> {
    const { uri, position } = await this.#openAt(text)
    const hover = await this.#connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position,
    })
    return (hover?.contents as MarkupContent | undefined)?.value ?? ''
  }

  async stop(): Promise<void> {
    await this.#connection.sendRequest('shutdown')
    this.#connection.dispose()
    this.#server.kill()
  }

  async #openAt(marked: string): Promise<{ uri: string; position: Position }> {
    const before = marked.slice(0, marked.indexOf('|')).split('\n')
    const uri = this.#newUri()
    await this.#open(uri, marked.replace('|', ''))
    return { uri, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } }
  }

  #newUri(): string {
    this.#documents += 1
    return `file:///project/clients-${this.#documents}.yaml`
  }

  #open(uri: string, text: string): Promise<void> {
    return this.#connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    })
  }
}

function wordsOf(message: string | MarkupContent): string {
  return typeof message === 'string' ? message : message.value
}
