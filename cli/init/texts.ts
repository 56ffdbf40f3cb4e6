import type { Setup } from './setup.ts'

type Texts = Readonly<Record<keyof typeof en, string>>

/** Joins the lines of a comment in YAML, whose first mark is in the template. */
const comment = (lines: readonly string[]) => lines.join('\n# ').replaceAll(/ +$/gm, '')

const en = {
  description: 'OAuth clients registered at PSCs',
  programComment: 'Declares a client for every entry of the manifest that psc:manifest names.',
  outputsComment:
    'npx pulumi stack output clients: client ids, authorize addresses, ends of certificates.',
  runtimeComment: 'Node.js runs TypeScript itself.',
  githubComment: comment([
    'Pull requests: lint annotates, each stack is previewed, and one comment is updated in place. A push to main applies.',
    'Every night: refresh, verify and a report.',
    '',
    'Secrets: each secret of the repository or the environment whose name ends in _SECRET is a variable of the steps that need it.',
    'Environments: <stack>-preview, <stack> (give it reviewers, and main as its only branch) and <stack>-nightly (main only). With one manifest',
    'for all stacks, the last two are clients and clients-nightly. A secret of the repository is there for all of them.',
    '',
    'Green or red:',
    '- lint needs no secret and no network. A fork and Dependabot have no secrets: their pull requests get lint only.',
    '- A preview without the secret of a client, or with a PSC down, warns and is green. To make it red:',
    '  npx pulumi config set psc:preflight required --stack <stack>',
    '- A refused secret and a refused change are red. With a PSC down, applying is red: run it again. So is the night.',
    'Docs: https://github.com/pulumi-psc/pulumi-psc/blob/main/docs/pipelines.md',
  ]),
  gitlabComment: comment([
    'Merge requests: lint fills the Code Quality widget, each stack is previewed, and one comment is updated in place.',
    'The default branch: a person starts the apply of each stack. A schedule (Build > Pipeline schedules): refresh, verify and a report.',
    '',
    'Secrets: set PULUMI_ACCESS_TOKEN and the secrets of the manifests as masked variables, by their names. Jobs read them without a line here.',
    'The scope of a variable is one of the environments <stack>-preview, <stack> and <stack>-nightly (protected), or *. With one manifest for all',
    'stacks, the last two are clients and clients-nightly. REPORT_TOKEN, a project access token (Reporter, api), writes the comment.',
    '',
    'Green or red:',
    '- lint needs no secret and no network. A merge request from a fork gets lint only.',
    '- A preview without the secret of a client, or with a PSC down, warns and is green. To make it red:',
    '  npx pulumi config set psc:preflight required --stack <stack>',
    '- A refused secret and a refused change are red. With a PSC down, applying is red: run it again. So is the night.',
    'Docs: https://github.com/pulumi-psc/pulumi-psc/blob/main/docs/pipelines.md',
  ]),
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
  githubComment: comment([
    'Pull requests: o lint anota, cada stack tem um preview, e um único comentário é atualizado. Um push na main aplica.',
    'Toda noite: refresh, verify e um relatório.',
    '',
    'Segredos: cada segredo do repositório ou do ambiente cujo nome termina em _SECRET é variável dos passos que precisam dele.',
    'Ambientes: <stack>-preview, <stack> (com revisores, e só a main) e <stack>-nightly (só a main). Com um manifesto para todas as stacks, os',
    'dois últimos são clients e clients-nightly. Um segredo do repositório existe em todos.',
    '',
    'Verde ou vermelho:',
    '- O lint não precisa de segredo nem de rede. Um fork e o Dependabot não têm segredos: seus pull requests só têm o lint.',
    '- Um preview sem o segredo de um cliente, ou com um PSC fora do ar, avisa e fica verde. Para ficar vermelho:',
    '  npx pulumi config set psc:preflight required --stack <stack>',
    '- Um segredo recusado e uma mudança recusada ficam vermelhos. Com um PSC fora do ar, aplicar fica vermelho: repita. A noite também.',
    'Documentação: https://github.com/pulumi-psc/pulumi-psc/blob/main/docs/pipelines.md',
  ]),
  gitlabComment: comment([
    'Merge requests: o lint preenche o Code Quality, cada stack tem um preview, e um único comentário é atualizado.',
    'Na branch padrão, uma pessoa inicia a aplicação de cada stack. Um agendamento (Build > Pipeline schedules): refresh, verify e um relatório.',
    '',
    'Segredos: defina PULUMI_ACCESS_TOKEN e os segredos dos manifestos como variáveis mascaradas, pelos seus nomes. Os jobs leem todas, sem linha aqui.',
    'O escopo de uma variável é um dos ambientes <stack>-preview, <stack> e <stack>-nightly (protegidos), ou *. Com um manifesto para todas as',
    'stacks, os dois últimos são clients e clients-nightly. REPORT_TOKEN, um token do projeto (Reporter, api), grava o comentário.',
    '',
    'Verde ou vermelho:',
    '- O lint não precisa de segredo nem de rede. Um merge request de um fork só tem o lint.',
    '- Um preview sem o segredo de um cliente, ou com um PSC fora do ar, avisa e fica verde. Para ficar vermelho:',
    '  npx pulumi config set psc:preflight required --stack <stack>',
    '- Um segredo recusado e uma mudança recusada ficam vermelhos. Com um PSC fora do ar, aplicar fica vermelho: repita. A noite também.',
    'Documentação: https://github.com/pulumi-psc/pulumi-psc/blob/main/docs/pipelines.md',
  ]),
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
