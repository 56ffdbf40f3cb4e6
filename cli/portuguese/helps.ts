/** The help of the commands but lint, in Brazilian Portuguese. */
export const helps = {
  // init
  'write a repository of your own': 'cria um repositório para a sua equipe',
  'Writes a repository that works at once: a manifest for each environment, the Pulumi project, a pipeline and a README. Overwrites nothing. At a terminal it asks for what no flag gives.':
    'Cria um repositório que já funciona: um manifesto para cada ambiente, o projeto Pulumi, um pipeline e um README. Não sobrescreve nada. Em um terminal, pergunta o que nenhuma opção informa.',
  'where to write': 'onde criar',
  'the environments, each a stack: homologation,production':
    'os ambientes, cada um uma stack: homologation,production',
  'the PSCs: neoid,vidaas': 'os PSCs: neoid,vidaas',
  'a manifest for each stack, or one for many stacks':
    'um manifesto para cada stack, ou um para muitas stacks',
  'the pipeline': 'o pipeline',
  'the language of the team': 'o idioma da equipe',
  'take the clients of a spreadsheet': 'usa os clientes de uma planilha',
  'that of the spreadsheet': 'a da planilha',
  'take the default for what no flag gives, and ask nothing':
    'usa o padrão para o que nenhuma opção informa e não pergunta nada',
  'list the files, and write none': 'lista os arquivos e não grava nenhum',
  'Give names with a comma between them.': 'Informe nomes separados por vírgula.',
  '\nDefaults: homologation,production; serproid; manifest-per-stack; github; the\nlanguage of this machine.\n\n--from reads comma or semicolon, UTF-8 or --encoding windows-1252. The first row\nnames the columns, in any order:\n  environment   one of --environments; not needed for a single one\n  key           the name in the stack, unique in its environment\n  psc           neoid, serproid, vidaas, birdid, vaultid or safeid\n  clientId      as the PSC gave it\n  secret        the environment variable of the secret, never the secret\n                (default: KEY_SECRET)\n  name, comments, email, redirectUris\n  hosts         the names in the certificate, where the PSC compares them\nSeveral redirect URIs or hosts in a cell have spaces or line breaks between.\n\nExit codes: 0 written, 1 a problem, 2 wrong usage, 4 the report cannot be\nwritten.':
    '\nPadrões: homologation,production; serproid; manifest-per-stack; github; o idioma\ndesta máquina.\n\n--from lê vírgula ou ponto e vírgula, UTF-8 ou --encoding windows-1252. A\nprimeira linha dá o nome das colunas, em qualquer ordem:\n  environment   um de --environments; dispensável quando há um só\n  key           o nome na stack, único no seu ambiente\n  psc           neoid, serproid, vidaas, birdid, vaultid ou safeid\n  clientId      como o PSC o forneceu\n  secret        a variável de ambiente do segredo, nunca o segredo\n                (padrão: KEY_SECRET)\n  name, comments, email, redirectUris\n  hosts         os nomes no certificado, onde o PSC os compara\nVárias URIs ou vários hosts em uma célula ficam separados por espaços ou quebras\nde linha.\n\nCódigos de saída: 0 criado, 1 um problema, 2 uso incorreto, 4 o relatório não\npode ser gravado.',

  // schema
  'print the JSON Schema of a manifest, for editors':
    'escreve o JSON Schema de um manifesto, para editores',
  'Prints the JSON Schema (draft 2020-12) with which an editor completes and checks a manifest.\nSave it beside the manifest, and begin the manifest with the line\n  # yaml-language-server: $schema=clients.schema.json':
    'Escreve o JSON Schema (draft 2020-12) com que um editor completa e confere um manifesto.\nSalve-o ao lado do manifesto e comece o manifesto com a linha\n  # yaml-language-server: $schema=clients.schema.json',

  // verify
  'obtain a token for every client and credential': 'obtém um token para cada cliente e credencial',
  'Obtains a token for every client and credential of a manifest, several at a time, and changes nothing. Leaves out PSCs at which a token has side effects, and names them.':
    'Obtém um token para cada cliente e credencial de um manifesto, vários ao mesmo tempo, e não altera nada. Omite os PSCs em que um token tem efeitos colaterais e diz quais são.',
  'find out which redirect URIs of the clients are registered':
    'descobre quais URIs de redirecionamento dos clientes estão cadastradas',
  'append a line of JSON for each entry to a history':
    'acrescenta a um histórico uma linha de JSON por entrada',
  '\nA command cannot read a secret in the configuration of a stack ({ config }).\nverify reports such an entry as "not available here", not as a failure.\n\n--stack takes psc:baseUrls, psc:timeoutSeconds and psc:maxConnections, and\nwithout a manifest also psc:manifest. It reads nothing that is encrypted.\n\n--redirect-uris sends authorize requests that are wrong on purpose: a PSC\nredirects the error to a registered URI only. Nobody signs in. "not told" is not\na failure.\n\n--append keeps a history for an audit: time, client, address and result, never a\ntoken. A new file is readable by its owner only. pulumi-psc report reads it.\n\nExit codes: 0 nothing failed, 1 a credential failed, a redirect URI is not\nregistered or the manifest is wrong, 2 wrong usage, 4 the report or the\nhistory cannot be written.':
    '\nUm comando não pode ler um segredo da configuração de uma stack ({ config }).\nverify mostra tal entrada como "não disponível aqui", e não como uma falha.\n\n--stack usa psc:baseUrls, psc:timeoutSeconds e psc:maxConnections e, sem um\nmanifesto, também psc:manifest. Não lê nada que esteja cifrado.\n\n--redirect-uris envia requisições authorize erradas de propósito: um PSC só\nredireciona o erro para uma URI cadastrada. Ninguém entra. "não informado" não é\numa falha.\n\n--append mantém um histórico para auditoria: hora, cliente, endereço e\nresultado, nunca um token. Só o dono pode ler um arquivo novo. O comando\npulumi-psc report o lê.\n\nCódigos de saída: 0 nada falhou, 1 uma credencial falhou, uma URI de\nredirecionamento não está cadastrada ou o manifesto está errado, 2 uso\nincorreto, 4 o relatório ou o histórico não pode ser gravado.',
  '{0} of {1} …': '{0} de {1} …',

  // login
  'prove that a person can sign in through a client':
    'testa se uma pessoa consegue entrar por um cliente',
  'Walks a sign-in through a client: prints the authorize URL (PKCE, state), asks for the address that the browser ended on, exchanges the code, and shows what was granted. Never shows or stores the token.':
    'Percorre um login por um cliente: escreve a URL de autorização (PKCE, state), pede o endereço em que o navegador terminou, troca o código e mostra o que foi concedido. Nunca mostra nem grava o token.',
  'a key of `clients` in the manifest': 'uma chave de `clients` no manifesto',
  'what to ask for': 'o que pedir',
  "one of the client's redirect URIs (default: the first)":
    'uma das URIs de redirecionamento do cliente (padrão: a primeira)',
  'who signs in, for a PSC that needs it (login_hint); shown only masked':
    'quem entra, para um PSC que precisa disso (login_hint); só aparece mascarado',
  'give -, to read the address that the browser ended on from standard input, also without a terminal':
    'informe - para ler da entrada padrão o endereço em que o navegador terminou, também sem um terminal',
  '\nA terminal asks for the address. A program reads the authorize URL from standard\nerror, and with --callback-url - it writes the address to standard input.\n\nThe application at the redirect URI may see the code and use it first. Give a\nredirect URI at which no application answers, or stop the application meanwhile.\n\nExit codes: 0 the sign-in works, 1 it does not, 2 wrong usage, 4 the report\ncannot be written.':
    '\nUm terminal pede o endereço. Um programa lê a URL de autorização da saída de\nerro e, com --callback-url -, escreve o endereço na entrada padrão.\n\nA aplicação na URI de redirecionamento pode ver o código e usá-lo antes. Informe\numa URI em que nenhuma aplicação responde ou pare a aplicação enquanto isso.\n\nCódigos de saída: 0 o login funciona, 1 não funciona, 2 uso incorreto, 4 o\nrelatório não pode ser gravado.',

  // fleet
  'preview, apply or refresh thousands of clients, in many stacks':
    'preview, up ou refresh de milhares de clientes, em muitas stacks',
  'Splits a manifest into stacks and runs them side by side with the Pulumi CLI. An entry belongs to the stack that its `stack:` names, otherwise to one of --shards N, by its name. Your backend holds locks, state and history.':
    'Divide um manifesto em stacks e as executa lado a lado com a CLI do Pulumi. Uma entrada pertence à stack que o seu `stack:` indica ou, sem ele, a uma de --shards N, pelo seu nome. O seu backend guarda as travas, o estado e o histórico.',
  'what to do with every stack': 'o que fazer com cada stack',
  'the manifest': 'o manifesto',
  'over how many stacks to spread the entries without a `stack:`':
    'em quantas stacks distribuir as entradas sem `stack:`',
  'run one part of the stacks alone, such as 3/8': 'executa só uma parte das stacks, como 3/8',
  "the beginning of those stacks' names": 'o começo do nome dessas stacks',
  'how many stacks run at once (at most 64)': 'quantas stacks executam ao mesmo tempo (até 64)',
  'one configuration for all stacks, instead of Pulumi.<stack>.yaml':
    'uma configuração para todas as stacks, em vez de Pulumi.<stack>.yaml',
  'how long to wait for a stack that is in use by another run':
    'quanto esperar por uma stack que outra execução está usando',
  'save the state after every client at the first up too':
    'grava o estado depois de cada cliente também no primeiro up',
  '\nup applies without a question: run preview first. Errors in one stack do not end\nthe others.\n\nUse one --prefix for one manifest: up empties a stack of the prefix in which the\nmanifest declares nothing.\n\nAn entry may move to another stack at any time. The old stack forgets it, the\nnew one adopts it, and the client at the PSC stays as it is.\n\nExit codes: 0 all went well, 1 something was refused or failed, or the manifest\nis wrong, 2 wrong usage, 4 the report cannot be written.':
    '\nup aplica sem perguntar: execute preview antes. Erros em uma stack não encerram\nas outras.\n\nUse um --prefix para um manifesto: up esvazia uma stack do prefixo em que o\nmanifesto não declara nada.\n\nUma entrada pode mudar de stack a qualquer momento. A stack antiga a esquece, a\nnova a adota, e o cliente no PSC fica como está.\n\nCódigos de saída: 0 tudo certo, 1 algo foi recusado ou falhou, ou o manifesto\nestá errado, 2 uso incorreto, 4 o relatório não pode ser gravado.',

  // report
  'write a page about clients and changes, for people':
    'escreve uma página sobre clientes e mudanças',
  'Writes what a change does, the inventory of clients, and warnings, from what is given: a manifest, states, previews and results of verify. Sends nothing and shows no secret.':
    'Escreve o que uma mudança faz, o inventário dos clientes e os avisos, a partir do que você informa: um manifesto, estados, previews e resultados de verify. Não envia nada e não mostra nenhum segredo.',
  "the manifest (default: the stack's; see below)": 'o manifesto (padrão: o da stack; veja abaixo)',
  'states, from pulumi stack export': 'estados, de pulumi stack export',
  'previews, from pulumi preview --json': 'previews, de pulumi preview --json',
  'results of verify --json, or histories of --append':
    'resultados de verify --json ou históricos de --append',
  'html, md for a comment, json, or csv: the inventory':
    'html, md para um comentário, json ou csv: o inventário',
  'the time zone of dates for people': 'o fuso horário das datas para pessoas',
  'write to a file, whole or not at all': 'grava em um arquivo, inteiro ou nada',
  '\nThe manifest is read if you name it or a stack, or give neither --state nor\n--preview. --state, --preview and --verify take several files: put the manifest\nbefore them.\n\nJSON and CSV have dates in UTC.\n\nExit codes: 0 the report is written, whatever it says; 1 a file or the manifest\nis wrong, 2 wrong usage, 4 the report cannot be written.':
    '\nO manifesto é lido se você o informar ou informar uma stack, ou se não informar\n--state nem --preview. --state, --preview e --verify aceitam vários arquivos:\nponha o manifesto antes deles.\n\nJSON e CSV trazem datas em UTC.\n\nCódigos de saída: 0 o relatório foi gravado, diga o que disser; 1 um arquivo ou\no manifesto está errado, 2 uso incorreto, 4 o relatório não pode ser gravado.',
  'Give a name such as America/Sao_Paulo or UTC.': 'Informe um nome como America/Sao_Paulo ou UTC.',

  // profiles
  'show what is known of each PSC, and how well':
    'mostra o que se sabe de cada PSC e com que certeza',
  'Shows for each PSC its environments, what it can do, and for every value its source and whether it is confirmed.':
    'Mostra, para cada PSC, os ambientes, o que ele pode fazer e, para cada valor, a fonte e se está confirmado.',
  'the PSCs (default: all)': 'os PSCs (padrão: todos)',

  // emulate
  'serve PSCs on this machine': 'serve PSCs nesta máquina',
  'Serves the application services of PSCs on this machine, until Ctrl-C: those of manifests, or of a configuration of the emulator.':
    'Serve nesta máquina os serviços de aplicação de PSCs, até Ctrl-C: os de manifestos ou os de uma configuração do emulador.',
  'manifests, or one configuration (default: clients.yaml)':
    'manifestos ou uma configuração (padrão: clients.yaml)',
  "play the PSCs of a stack's manifest; may be repeated":
    'simula os PSCs do manifesto de uma stack; pode ser repetida',
  "the port, of several the first; 0 takes free ones (default: the configuration's, or 8080)":
    'a porta, de várias a primeira; 0 usa portas livres (padrão: a da configuração ou 8080)',
  "the address to listen on (default: the configuration's, or 127.0.0.1)":
    'o endereço em que escuta (padrão: o da configuração ou 127.0.0.1)',
  'preview, apply and verify each --stack against the emulator, then stop; nothing is left':
    'faz preview, up e verify de cada --stack contra o emulador e depois para; não deixa nada',
  '\nEach PSC of each manifest gets a port of its own. Its clients are those of the\nmanifest, as declared. The command prints the settings that lead a stack there.\n\nA secret that is available here is used and never printed. For another one, the\ncommand prints a stand-in that the emulator takes.\n\nThe address of each PSC shows its clients, the requests and scripted faults.\n\nExit codes: 0 stopped, 1 a problem, 2 wrong usage, 4 a line cannot be written.':
    '\nCada PSC de cada manifesto recebe a sua porta. Os clientes são os do manifesto,\ncomo declarados. O comando escreve a configuração que leva uma stack até lá.\n\nUm segredo disponível aqui é usado e nunca escrito. Para outro, o comando\nescreve um substituto que o emulador aceita.\n\nO endereço de cada PSC mostra os clientes, as requisições e as falhas simuladas.\n\nCódigos de saída: 0 parado, 1 um problema, 2 uso incorreto, 4 uma linha não pode\nser gravada.',
}
