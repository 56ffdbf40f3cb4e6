import type { Setup } from './setup.ts'

type Texts = Readonly<Record<keyof typeof en, string>>

const en = {
  description: 'OAuth clients registered at PSCs',
  programComment: 'Declares a client for every entry of the manifest that psc:manifest names.',
  outputsComment:
    'npx pulumi stack output clients: client ids, authorize addresses, ends of certificates.',
  runtimeComment: 'Node.js runs TypeScript itself.',
  gitlabComment:
    'Set PULUMI_ACCESS_TOKEN and the secrets of the manifests as masked variables, those of an environment with its scope.',
  environmentFile:
    'The secrets for this machine. Copy this file to .env, which git ignores, and fill it in.',
  manifest: 'The clients of the environment',
  manifestOfAll: 'The clients of all environments. `stack` names the environment of each.',
  psc: 'npx pulumi-psc profiles shows all',
  clientId: 'the client_id that the PSC gave you',
  clientSecret: 'the variable that holds the secret; the secret itself never stands here',
  name: 'what people see when they sign in',
  comments: 'what the application is for',
  email: 'where the PSC reports outages',
  redirectUris: 'sent exactly as written; the first is the default',
  certificate: 'or { file: portal.pem }: the certificate that registered the client',
  credential: 'This PSC has no service that changes a client. The client is only verified.',
  emulated:
    'No document names an address of this environment. Until you have it, the emulator is used.',
  addressNote:
    '**{pscs}**: no document names the address of this environment. Until you have it, the manifest leads to the emulator (`npm run emulate`). Replace `baseUrl` under `pscs` with the address that you got.',
}

const pt: Texts = {
  description: 'Clientes OAuth cadastrados em PSCs',
  programComment: 'Declara um cliente para cada entrada do manifesto que psc:manifest indica.',
  outputsComment:
    'npx pulumi stack output clients: client ids, endereços de authorize, vencimentos dos certificados.',
  runtimeComment: 'O próprio Node.js executa TypeScript.',
  gitlabComment:
    'Defina PULUMI_ACCESS_TOKEN e os segredos dos manifestos como variáveis mascaradas, os de um ambiente com o escopo dele.',
  environmentFile: 'Os segredos desta máquina. Copie para .env, que o git ignora, e preencha.',
  manifest: 'Os clientes do ambiente',
  manifestOfAll: 'Os clientes de todos os ambientes. `stack` indica o ambiente de cada um.',
  psc: 'npx pulumi-psc profiles mostra todos',
  clientId: 'o client_id que o PSC forneceu',
  clientSecret: 'a variável que contém o segredo; o segredo nunca fica aqui',
  name: 'o que as pessoas veem ao entrar',
  comments: 'para que serve a aplicação',
  email: 'onde o PSC avisa de indisponibilidades',
  redirectUris: 'enviadas exatamente assim; a primeira é a padrão',
  certificate: 'ou { file: portal.pem }: o certificado que cadastrou o cliente',
  credential: 'Este PSC não tem serviço que altere um cliente. O cliente só é verificado.',
  emulated: 'Nenhum documento traz o endereço deste ambiente. Até você o ter, usa-se o emulador.',
  addressNote:
    '**{pscs}**: nenhum documento traz o endereço deste ambiente. Até você o ter, o manifesto leva ao emulador (`npm run emulate`). Troque o `baseUrl` em `pscs` pelo endereço recebido.',
}

/** The sentences of the written files, in the team's language. */
export const texts: Readonly<Record<Setup['lang'], Texts>> = { pt, en }
