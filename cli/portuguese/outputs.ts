/** What the commands print, and why they fail, in Brazilian Portuguese. */
export const outputs = {
  // verify
  'the client secret of {0} is in the configuration of a stack ({1}), which only Pulumi can read. Declare { env } or { file } for a command.':
    'o segredo do cliente {0} está na configuração de uma stack ({1}), que só o Pulumi pode ler. Declare { env } ou { file } para um comando.',
  'the client secret of {0} is not available: {1}':
    'o segredo do cliente {0} não está disponível: {1}',
  '--append {0}: the history cannot be written ({1}). Free space, or name another file.':
    '--append {0}: o histórico não pode ser gravado ({1}). Libere espaço ou informe outro arquivo.',
  'The manifest declares no client and no credential.':
    'O manifesto não declara nenhum cliente nem credencial.',
  NAME: 'NOME',
  RESULT: 'RESULTADO',
  LIFETIME: 'VALIDADE',
  TIME: 'TEMPO',
  'REDIRECT URI': 'URI DE REDIRECIONAMENTO',
  '{0} and {1} more': '{0} e mais {1}',
  ok: 'ok',
  failed: 'falhou',
  'not asked': 'não consultado',
  'left out': 'omitido',
  'not available here': 'não disponível aqui',
  registered: 'cadastrada',
  'not registered': 'não cadastrada',
  'not told': 'não informado',
  '{0} ok': 'ok: {0}',
  '{0} failed': 'falhas: {0}',
  '{0} not asked': 'não consultados: {0}',
  '{0} left out': 'omitidos: {0}',
  '{0} not available here': 'não disponíveis aqui: {0}',
  'redirect URIs: {0} registered, {1} not registered, {2} not told':
    'URIs de redirecionamento: cadastradas: {0}, não cadastradas: {1}, não informadas: {2}',
  'its redirect URIs': 'as suas URIs de redirecionamento',
  '{0} does not have {1}. Sign-ins that return there fail. Run `pulumi config set psc:drift refresh`, `pulumi refresh --run-program` and `pulumi up`.':
    '{0} não tem {1}. Os logins que voltam para lá falham. Execute `pulumi config set psc:drift refresh`, `pulumi refresh --run-program` e `pulumi up`.',
  'a token has side effects at {0}, so none was obtained. Test a client with login.':
    'um token tem efeitos colaterais em {0}, por isso nenhum foi obtido. Teste um cliente com login.',
  '{0} did not answer an earlier request, so no other one was sent. Try again later.':
    '{0} não respondeu a uma requisição anterior, por isso nenhuma outra foi enviada. Tente mais tarde.',
  '{0} failed its first requests alike, so no more were sent. The reason is that of the failed ones.':
    '{0} falhou do mesmo modo nas primeiras requisições, por isso não foram enviadas outras. O motivo é o das que falharam.',
  'only http and https redirect URIs can be checked.':
    'só URIs de redirecionamento http e https podem ser conferidas.',
  '{0} did not answer, or asked to retry later. Try again.':
    '{0} não respondeu ou pediu para tentar mais tarde. Tente outra vez.',
  '{0} redirects errors to addresses that nobody has registered.':
    '{0} redireciona erros para endereços que ninguém cadastrou.',
  'the answer of {0} to a wrong authorize request does not show it.':
    'a resposta de {0} a uma requisição authorize errada não o mostra.',
  '{0} says that it does not know the client, or that the client is disabled. Check clientId.':
    '{0} diz que não conhece o cliente ou que o cliente está desativado. Confira clientId.',
  'its profile has `tellsRedirectUris: false`: the PSC does not show it, or the request has side effects there. No request was sent.':
    'o perfil dele tem `tellsRedirectUris: false`: o PSC não o mostra, ou a requisição tem efeitos colaterais ali. Nenhuma requisição foi enviada.',
  'cannot find out whether {0} are registered at {1}: {2}':
    'não é possível saber se {0} estão cadastradas em {1}: {2}',

  // profiles
  confirmed: 'confirmado',
  said: 'informado',
  inferred: 'inferido',
  "confirmed: the PSC or the standard states it; said: a third party states it;\ninferred: it follows from the rest. Change a value under pscs: of a manifest,\nor in a program's profile; it then counts as confirmed.":
    'confirmado: o PSC ou a norma o afirma; informado: um terceiro o afirma;\ninferido: decorre do resto. Altere um valor em pscs: de um manifesto\nou no perfil de um programa; ele passa a contar como confirmado.',
  yes: 'sim',
  no: 'não',
  'up to {0}': 'até {0}',
  'session of a CPF: {0}; of a CNPJ: {1}': 'sessão de um CPF: {0}; de um CNPJ: {1}',

  // login
  'there is no terminal. Give --callback-url -, and write the final address of the browser to standard input.':
    'não há terminal. Informe --callback-url - e escreva na entrada padrão o endereço final do navegador.',
  'It declares {0}.': 'Ele declara {0}.',
  'It declares no client at all.': 'Ele não declara nenhum cliente.',
  '{0} declares no client "{1}".': '{0} não declara o cliente "{1}".',
  '{0} has no redirect URI {1}. Use one of: {2}.':
    '{0} não tem a URI de redirecionamento {1}. Use uma destas: {2}.',
  '--login-hint is not a CPF or a CNPJ: its length or its check digits are wrong. Give all 11 or 14 characters.':
    '--login-hint não é um CPF nem um CNPJ: o tamanho ou os dígitos verificadores estão errados. Informe todos os 11 ou 14 caracteres.',
  'The address that the browser ended on:': 'O endereço em que o navegador terminou:',
  'standard input ended without an address. Begin again.':
    'a entrada padrão terminou sem um endereço. Comece outra vez.',
  'Open this address in a browser and sign in:': 'Abra este endereço em um navegador e entre:',
  'Open this address, completed with {0} at its end, in a browser and sign in:':
    'Abra este endereço, completado com {0} no fim, em um navegador e entre:',
  '{0} at {1}, scope {2}, redirect URI {3}': '{0} em {1}, escopo {2}, URI de redirecionamento {3}',
  'The browser will end at {0}. The application there may see the code. If\nit uses the code first, this sign-in fails (invalid_grant). To avoid that, stop the\napplication meanwhile, or give a --redirect-uri at which no application answers:\na page that is not found is good enough.':
    'O navegador vai terminar em {0}. A aplicação de lá pode ver o código. Se ela\nusar o código antes, este login falha (invalid_grant). Para evitar isso, pare a\naplicação enquanto isso ou informe uma --redirect-uri em que nenhuma aplicação\nresponde: uma página que não existe basta.',
  'granted    {0}': 'concedido  {0}',
  '(missing)': '(ausente)',
  'holder     {0}': 'titular    {0}',
  'lifetime   {0}': 'validade   {0}',
  'problem    {0}': 'problema   {0}',
  'The sign-in of {0} at {1} works.': 'O login de {0} em {1} funciona.',
  '{0} at {1} obtained a token that differs from the API document.':
    '{0} obteve em {1} um token que difere do documento da API.',

  // init
  '{0} is already in {1}. Name an empty folder, or move what is in the way. Nothing was written.':
    '{0} já está em {1}. Informe uma pasta vazia ou mova o que está no caminho. Nada foi gravado.',
  '{0} are already in {1}. Name an empty folder, or move what is in the way. Nothing was written.':
    '{0} já estão em {1}. Informe uma pasta vazia ou mova o que está no caminho. Nada foi gravado.',
  '{0}: the file cannot be written ({1}). Free the path, or name another folder.':
    '{0}: o arquivo não pode ser gravado ({1}). Libere o caminho ou informe outra pasta.',
  '--environments: there is none. Use letters, digits, dots, hyphens and underscores.':
    '--environments: não há nenhum. Use letras, algarismos, pontos, hifens e sublinhados.',
  '--environments: "{0}" cannot be the name of a stack. Use letters, digits, dots, hyphens and underscores.':
    '--environments: "{0}" não pode ser o nome de uma stack. Use letras, algarismos, pontos, hifens e sublinhados.',
  'cancelled. Nothing was written.': 'cancelado. Nada foi gravado.',
  'there is no terminal to ask at. Give {0}, or --yes for the defaults.':
    'não há terminal em que perguntar. Informe {0}, ou --yes para os padrões.',
  'init would write into {0}:': 'init gravaria em {0}:',
  'Written into {0}:': 'Gravado em {0}:',
  'Next: {0}': 'A seguir: {0}',
  'README.md continues from there.': 'O README.md continua a partir daí.',
  '{0}: the text is not {1}. Save it as "CSV UTF-8", or give --encoding windows-1252.':
    '{0}: o texto não está em {1}. Salve-o como "CSV UTF-8" ou informe --encoding windows-1252.',
  '{0}: line {1}: a quote has no partner. Write a quote inside a quoted cell twice.':
    '{0}: linha {1}: há aspas sem par. Dentro de uma célula entre aspas, escreva as aspas em dobro.',
  'there is no client. Add a row.': 'não há nenhum cliente. Acrescente uma linha.',
  'the column is there twice. Remove one.': 'a coluna aparece duas vezes. Remova uma.',
  'unknown column.': 'coluna desconhecida.',
  'the column is missing. Add it.': 'falta a coluna. Acrescente-a.',
  'the cell is empty.': 'a célula está vazia.',
  'unknown environment {0}.': 'ambiente desconhecido: {0}.',
  'the cell is empty. Fill it in.': 'a célula está vazia. Preencha-a.',
  'not the name of an environment variable. Give a name such as PORTAL_SECRET, never the secret.':
    'não é o nome de uma variável de ambiente. Informe um nome como PORTAL_SECRET, nunca o segredo.',
  'Give one of {0}.': 'Informe um destes: {0}.',
  'row {0} has the same key. Give another.': 'a linha {0} tem a mesma chave. Informe outra.',
  'no row is for {0}. Add one, or correct --environments.':
    'nenhuma linha é para {0}. Acrescente uma ou corrija --environments.',
  'row {0}, {1}: {2}': 'linha {0}, {1}: {2}',
  'The spreadsheet has one problem. Nothing was written.':
    'A planilha tem um problema. Nada foi gravado.',
  'The spreadsheet has {0} problems. Nothing was written.':
    'A planilha tem {0} problemas. Nada foi gravado.',

  // fleet
  'there is no Pulumi.yaml in this folder, nor in a folder above. Run the command in a project.':
    'não há Pulumi.yaml nesta pasta nem em uma pasta acima. Execute o comando em um projeto.',
  'Listing the stacks of the backend …': 'Listando as stacks do backend …',
  'stopped before any stack began. Run it again.':
    'parado antes que uma stack começasse. Execute outra vez.',
  'Give a part of the whole, such as 3/8.': 'Informe uma parte do todo, como 3/8.',
  'Give 1 to 80 letters, digits, dots, hyphens or underscores.':
    'Informe de 1 a 80 letras, algarismos, pontos, hifens ou sublinhados.',
  '{0} leaves this stack and stays registered at its PSC.':
    '{0} sai desta stack e continua cadastrado no PSC.',
  'the PSC does not know this client any more. The refresh removed it from the state. Remove it from the manifest, or ask the support of the PSC. [ERR_PSC_UNKNOWN_CLIENT]':
    'o PSC não conhece mais este cliente. O refresh o removeu do estado. Remova-o do manifesto ou consulte o suporte do PSC. [ERR_PSC_UNKNOWN_CLIENT]',
  '{0} of the entries name no stack. Give the number of stacks to spread them over, such as --shards {1} for some {2} in each.':
    'Entradas que não indicam uma stack: {0}. Informe em quantas stacks distribuí-las, como --shards {1} para umas {2} em cada uma.',
  'there is no stack {0} yet. `up` creates it. Did you mean {1}? Correct `stack` in the manifest.':
    'a stack {0} ainda não existe. `up` a cria. Você quis dizer {1}? Corrija `stack` no manifesto.',
  'the manifest declares nothing in {0}. Its clients leave the stack and stay registered.':
    'o manifesto não declara nada em {0}. Os seus clientes saem da stack e continuam cadastrados.',
  '{0}: in use by another run, waiting': '{0}: em uso por outra execução, esperando',
  'nothing to do': 'nada a fazer',
  '{0}: {1} of {2} stacks': '{0}: {1} de {2} stacks',
  'waiting for another run: {0}': 'esperando outra execução: {0}',
  "{0} is set, so gRPC sends Pulumi's local connections to that proxy. Run {1}.":
    '{0} está definido, por isso o gRPC envia as conexões locais do Pulumi a esse proxy. Execute {1}.',
  "{0} is set, so gRPC sends Pulumi's local connections to that proxy: {1} does not name {2}. Add `127.0.0.1,localhost` to it, without a space.":
    '{0} está definido, por isso o gRPC envia as conexões locais do Pulumi a esse proxy: {1} não traz {2}. Acrescente `127.0.0.1,localhost`, sem espaço.',
  '{0} added': 'novas: {0}',
  '{0} changed': 'alteradas: {0}',
  '{0} unchanged': 'sem mudança: {0}',
  '{0} drifted': 'divergentes: {0}',
  '{0} removed': 'removidas: {0}',
  '{0} refused': 'recusadas: {0}',
  '1 entry': '1 entrada',
  '{0} entries': '{0} entradas',
  '1 stack': '1 stack',
  '{0} stacks': '{0} stacks',
  '{0} in {1}': '{0} em {1}',
  '{0} not reached: correct the problems above and run again':
    'não alcançadas: {0}; corrija os problemas acima e execute outra vez',
  '{0} of the stacks did not begin': 'stacks que não começaram: {0}',
  refused: 'recusado',
  done: 'concluída',
  locked: 'em uso',
  stopped: 'parada',
  'If no other run uses it any more: pulumi cancel --yes --stack {0}':
    'Se nenhuma outra execução a usa mais: pulumi cancel --yes --stack {0}',
  'one entry is not in the state of this stack, so the refresh did not verify them. Run up first.':
    'uma entrada não está no estado desta stack, por isso o refresh não a verificou. Execute up antes.',
  '{0} entries are not in the state of this stack, so the refresh did not verify them. Run up first.':
    '{0} entradas não estão no estado desta stack, por isso o refresh não as verificou. Execute up antes.',
  'the stack also has {0}, which no manifest declares. Another program manages it, and a run would remove it. Name another stack.':
    'a stack também tem {0}, que nenhum manifesto declara. Outro programa o gerencia, e uma execução o removeria. Informe outra stack.',
  'Stopping after the running stacks finish. Press Ctrl-C again to kill them.':
    'Parando quando as stacks em execução terminarem. Pressione Ctrl-C outra vez para encerrá-las.',
  'the run was killed, so the stack stays locked. Unlock it with `pulumi cancel --yes --stack {0}`.':
    'a execução foi encerrada, por isso a stack continua travada. Destrave-a com `pulumi cancel --yes --stack {0}`.',
  'the process that ran the stack has ended. Run again. {0}':
    'o processo que executava a stack terminou. Execute outra vez. {0}',

  // emulate
  '--try: name the stacks with --stack, and no manifest.':
    '--try: informe as stacks com --stack, e nenhum manifesto.',
  '{0} is not a manifest. Give one configuration of the emulator alone, or manifests and stacks.':
    '{0} não é um manifesto. Informe só uma configuração do emulador, ou manifestos e stacks.',
  'clients and requests: {0} · Ctrl-C stops': 'clientes e requisições: {0} · Ctrl-C para',
  'the port is in use. Give another one with --port, or take a free one with --port 0.':
    'a porta está em uso. Informe outra com --port ou use uma livre com --port 0.',
  'the emulator cannot start: {0}. Correct --host or --port.':
    'o emulador não pode iniciar: {0}. Corrija --host ou --port.',
  'Lead the stack there:': 'Leve a stack até lá:',
  'The same as a part of {0}:': 'O mesmo como parte de {0}:',
  'The address of motor-rce stands in the manifest:': 'O endereço de motor-rce fica no manifesto:',
  'The emulator does not play the issuer of the credential {0}.':
    'O emulador não simula o emissor da credencial {0}.',
  'These secrets are not available here. The emulator takes a stand-in:':
    'Estes segredos não estão disponíveis aqui. O emulador aceita um substituto:',
  'the emulator refuses what the manifest declares. Correct the manifest.':
    'o emulador recusa o que o manifesto declara. Corrija o manifesto.',
  '--try: a credential of {0} has an issuer whose address no setting replaces. Try a manifest without it.':
    '--try: uma credencial de {0} tem um emissor cujo endereço nenhuma configuração substitui. Teste um manifesto sem ela.',
  'Everything works.': 'Tudo funciona.',
  'Nothing was sent to a real PSC, and nothing is left of this run.':
    'Nada foi enviado a um PSC real, e nada resta desta execução.',
  'preview again: nothing is left to do': 'preview outra vez: nada resta a fazer',
  '{0}: a client is not as declared. Read the table above.':
    '{0}: um cliente não está como declarado. Leia a tabela acima.',
  'the Pulumi CLI is not installed here. Run npm install.':
    'a CLI do Pulumi não está instalada aqui. Execute npm install.',
  '{0} failed. Read its output.': '{0} falhou. Leia a saída.',
}
