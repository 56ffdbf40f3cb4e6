/** The sentences about what PSCs answer, connections to them, secrets and settings, in Brazilian Portuguese. */
export const answers = {
  // The error codes of the application services
  'A required field is empty: declare it and apply again.':
    'Um campo obrigatório está vazio: declare-o e aplique outra vez.',
  'The PSC rejects the value of a parameter: compare the base URL and the client id with what the PSC gave you.':
    'O PSC rejeita o valor de um parâmetro: compare o endereço de base e o client id com o que o PSC lhe forneceu.',
  'The PSC knows no client with this id: check clientId, and whether it was registered in this environment (production or homologation).':
    'O PSC não conhece um cliente com este id: confira clientId e se ele foi cadastrado neste ambiente (produção ou homologação).',
  'The client exists, but the PSC refuses its secret: check what clientSecret refers to, or ask the PSC for a new secret.':
    'O cliente existe, mas o PSC recusa o seu segredo: confira o que clientSecret indica ou peça um novo segredo ao PSC.',
  'The PSC failed while issuing the token: try again later; if it persists, tell its support.':
    'O PSC falhou ao emitir o token: tente mais tarde; se persistir, avise o suporte.',
  'The PSC refused a new token as well: try again; if it persists, tell its support.':
    'O PSC recusou também um token novo: tente outra vez; se persistir, avise o suporte.',
  'The token belongs to another client: check that clientId and clientSecret belong together.':
    'O token pertence a outro cliente: confira se clientId e clientSecret são do mesmo cliente.',
  'Names are unique across the PSC and this one is taken: choose another name.':
    'Os nomes são únicos em todo o PSC, e este já está em uso: escolha outro nome.',
  'Correct email: it must be an address that receives mail.':
    'Corrija email: deve ser um endereço que recebe mensagens.',
  'Declare at least one redirect URI.': 'Declare ao menos uma URI de redirecionamento.',
  'Correct the redirect URI that the PSC names.':
    'Corrija a URI de redirecionamento que o PSC indica.',
  'Every redirect URI must begin with https://.':
    'Toda URI de redirecionamento deve começar com https://.',
  'The host of the redirect URI is not among the subject alternative names of the certificate that the client was registered with: use one of its names, or register again with a certificate that has the host.':
    'O host da URI de redirecionamento não está entre os nomes alternativos (subject alternative names) do certificado que cadastrou o cliente: use um desses nomes ou cadastre-se outra vez com um certificado que tenha o host.',
  'This PSC does not let a client change its secret: ask its support for a new one.':
    'Este PSC não permite que um cliente troque o seu segredo: peça um novo ao suporte.',
  'The PSC failed while saving: apply again, the write can be repeated safely; if it persists, tell its support.':
    'O PSC falhou ao gravar: aplique outra vez, a gravação pode ser repetida com segurança; se persistir, avise o suporte.',

  // The error codes of token endpoints
  'Some servers refuse wrong credentials like this: check clientId and what clientSecret refers to, then the address.':
    'Alguns servidores recusam assim credenciais erradas: confira clientId e o que clientSecret indica e, depois, o endereço.',
  'The server misses something in the request, whose credentials are in a Basic header. It may read them only from the body: set clientAuthentication: body.':
    'O servidor sente falta de algo na requisição, cujas credenciais estão em um cabeçalho Basic. Talvez ele só as leia do corpo: defina clientAuthentication: body.',
  'The issuer misses something in the request, which has grant_type, client_id and client_secret: check the address, and whether a proxy changes requests on the way.':
    'O emissor sente falta de algo na requisição, que tem grant_type, client_id e client_secret: confira o endereço e se um proxy altera as requisições no caminho.',
  'The issuer does not accept the client: check clientId and what clientSecret refers to, and whether the client was disabled.':
    'O emissor não aceita o cliente: confira clientId, o que clientSecret indica e se o cliente foi desativado.',
  'The issuer does not accept the credential: check clientId and clientSecret.':
    'O emissor não aceita a credencial: confira clientId e clientSecret.',
  'The issuer does not let this client use client_credentials, or does not accept its secret: check clientSecret, then ask its support.':
    'O emissor não permite que este cliente use client_credentials ou não aceita o seu segredo: confira clientSecret e, depois, consulte o suporte.',
  'The issuer does not offer client_credentials at this address: check the address.':
    'O emissor não oferece client_credentials neste endereço: confira o endereço.',
  'The issuer wants a scope to be named, and this client has no default one.':
    'O emissor exige um escopo, e este cliente não tem um escopo padrão.',
  'The PSC misses something in the document, or does not accept one of its values: compare the declaration with its words.':
    'O PSC sente falta de algo no documento ou não aceita um dos valores: compare a declaração com o que ele diz.',
  'The token does not let this client be maintained: ask the support of the PSC to allow it.':
    'O token não permite a manutenção deste cliente: peça ao suporte do PSC que a permita.',
  'The PSC does not accept the client: check clientId, and whether the client was disabled.':
    'O PSC não aceita o cliente: confira clientId e se o cliente foi desativado.',
  'The PSC does not let this client be maintained: ask its support to allow it.':
    'O PSC não permite a manutenção deste cliente: peça ao suporte que a permita.',
  'The credential is not valid: compare clientSecret, and clientId too, with what Motor RCE gave you; if both are right, ask its support whether the client may use client_credentials.':
    'A credencial não é válida: compare clientSecret, e também clientId, com o que o Motor RCE lhe forneceu; se ambos estiverem certos, pergunte ao suporte se o cliente pode usar client_credentials.',
  'With status 400 this code means that a required field is missing. The request has all three: check whether a proxy changes requests on the way.':
    'Com o status 400, este código significa que falta um campo obrigatório. A requisição tem os três: confira se um proxy altera as requisições no caminho.',
  'Motor RCE knows no active client with this id: check clientId and authBaseUrl (production or homologation), or ask its support whether the client was disabled.':
    'O Motor RCE não conhece um cliente ativo com este id: confira clientId e authBaseUrl (produção ou homologação) ou pergunte ao suporte se o cliente foi desativado.',
  'There is no realm motor-rce at this address: check authBaseUrl, which is only what comes before /realms.':
    'Não há um realm motor-rce neste endereço: confira authBaseUrl, que é só o que vem antes de /realms.',

  // Answers
  '{0} ({1} attempts)': '{0} ({1} tentativas)',
  '{0}: {1}, but {2}. Check the address, and whether a proxy answers in its place.':
    '{0}: {1}, mas {2}. Confira o endereço e se um proxy responde no lugar dele.',
  'with {0}': 'com {0}',
  'its {0} is missing or not as documented': '{0} falta ou não está como documentado',
  'its scope repeats a secret': 'o seu escopo repete um segredo',
  'it repeats a secret in a field that is shown':
    'ele repete um segredo em um campo que é mostrado',
  '{0} Check the base URL, and whether something else answers in its place.':
    '{0} Confira o endereço de base e se outro servidor responde no lugar dele.',
  '{0} Check the base URL and the network, or try again later.':
    '{0} Confira o endereço de base e a rede ou tente mais tarde.',
  'The PSC asks to come back after {0}.': 'O PSC pede que se tente de novo depois de {0}.',
  'Correct what the answer names.': 'Corrija o que a resposta indica.',
  '{0}: {1}, but the answer reports an error: {2} {3}':
    '{0}: {1}, mas a resposta informa um erro: {2} {3}',
  'The server asks for HTTP Basic authentication. Set clientAuthentication: basic in the credential or in the profile.':
    'O servidor pede autenticação HTTP Basic. Defina clientAuthentication: basic na credencial ou no perfil.',
  'The PSC receives too many requests: try again later.':
    'O PSC recebe requisições demais: tente mais tarde.',
  'The PSC or a gateway before it is not working: try again later.':
    'O PSC ou um gateway à frente dele não está funcionando: tente mais tarde.',
  'Redirects are not followed, so that no secret travels to another host: correct the base URL.':
    'Redirecionamentos não são seguidos, para que nenhum segredo vá a outro host: corrija o endereço de base.',
  'The document of the service has no such answer: check the base URL.':
    'O documento do serviço não prevê esta resposta: confira o endereço de base.',
  'No document describes this answer: check the base URL, and whether a proxy answers in its place.':
    'Nenhum documento descreve esta resposta: confira o endereço de base e se um proxy responde no lugar dele.',
  'no content type': 'sem tipo de conteúdo',
  'another content type': 'outro tipo de conteúdo',
  'a body of more than 1 MiB, which was not read': 'um corpo de mais de 1 MiB, que não foi lido',
  'an empty body': 'um corpo vazio',
  'a body that is not JSON ({0})': 'um corpo que não é JSON ({0})',
  'JSON of an undocumented shape': 'um JSON de forma não documentada',
  '[hidden: repeats a secret]': '[oculto: repete um segredo]',
  '(hidden)': '(oculto)',
  '(not a string)': '(não é uma string)',
  '{0} The secret {1}': '{0} O segredo {1}',
  '{0} All {1} attempts got this answer, so no more were made.':
    '{0} Todas as {1} tentativas tiveram esta resposta, por isso não foram feitas outras.',
  '"{0}" is the address of a discovery document, not of a token endpoint. {1}':
    '"{0}" é o endereço de um documento de discovery, não de um endpoint de token. {1}',
  '{0} The issuer is an address above the token endpoint. {1}':
    '{0} O emissor é um endereço acima do endpoint de token. {1}',
  'Give the token endpoint: the value of token_endpoint, if the document exists.':
    'Informe o endpoint de token: o valor de token_endpoint, se o documento existir.',
  'Give "{0}".': 'Informe "{0}".',

  // Connections
  '{0} did not answer within {1} s': '{0} não respondeu em {1} s',
  '{0} could not be reached in time ({1})': '{0} não pôde ser alcançado a tempo ({1})',
  'the name of {0} could not be resolved (DNS: {1})':
    'o nome de {0} não pôde ser resolvido (DNS: {1})',
  'the TLS certificate of {0} {1} ({2})': 'o certificado TLS de {0} {1} ({2})',
  'has expired: check the date of this machine, or tell its operator':
    'está vencido: confira a data desta máquina ou avise o operador do servidor',
  'is not valid yet: check the date of this machine':
    'ainda não é válido: confira a data desta máquina',
  'belongs to another host: check the address': 'pertence a outro host: confira o endereço',
  'is not trusted: check the address, or add your own certificate authority with NODE_EXTRA_CA_CERTS':
    'não é confiável: confira o endereço ou acrescente a sua própria autoridade certificadora com NODE_EXTRA_CA_CERTS',
  '{0} could not agree on TLS ({1})': 'não foi possível negociar TLS com {0} ({1})',
  'the connection to {0} failed ({1})': 'a conexão com {0} falhou ({1})',
  '{0} did not answer in HTTP': '{0} não respondeu em HTTP',
  'the environment variable HTTPS_PROXY is not the address of an HTTP proxy, such as http://proxy.exemplo.com.br:3128':
    'a variável de ambiente HTTPS_PROXY não é o endereço de um proxy HTTP, como http://proxy.exemplo.com.br:3128',
  'the tunnel could not be made': 'o túnel não pôde ser aberto',
  'the proxy failed: {0}': 'o proxy falhou: {0}',
  'the proxy of HTTPS_PROXY refused the connection to {0} (HTTP {1})':
    'o proxy de HTTPS_PROXY recusou a conexão com {0} (HTTP {1})',
  '{0}: it needs a user name and a password, http://user:password@…':
    '{0}: ele precisa de um nome de usuário e uma senha, http://user:password@…',

  '{0}: {1}. Retrying for up to {2} s.': '{0}: {1}. Novas tentativas por até {2} s.',
  'the provider loads pulumi-psc from {0} and does not find it there. Run `{1} pulumi-psc` in that folder.':
    'o provider carrega pulumi-psc de {0} e não o encontra lá. Execute `{1} pulumi-psc` nessa pasta.',

  // A sign-in: the address that the browser ended on
  'Copy the whole address from the browser.': 'Copie o endereço inteiro do navegador.',
  'Begin again.': 'Comece outra vez.',
  'The input is not an address. {0}': 'A entrada não é um endereço. {0}',
  'The address has {0} more than once, but a PSC sends it once. {1}':
    'O endereço tem {0} mais de uma vez, mas um PSC o envia uma só vez. {1}',
  'The address has no code. {0}': 'O endereço não tem code. {0}',
  'The address has no authorization code. {0}': 'O endereço não tem um código de autorização. {0}',
  'The address has no state. {0}': 'O endereço não tem state. {0}',
  'No document describes this answer: ask the support of the PSC.':
    'Nenhum documento descreve esta resposta: consulte o suporte do PSC.',
  'Some PSCs need to know who signs in: try --login-hint first.':
    'Alguns PSCs precisam saber quem entra: tente antes com --login-hint.',
  '{0} more than once': '{0} mais de uma vez',
  'no state': 'nenhum state',
  'Its address has {0}: tell its support.': 'O endereço dele tem {0}: avise o suporte.',
  'The PSC answered {0}': 'O PSC respondeu {0}',
  'is at {0}': 'está em {0}',
  'is {0}': 'é {0}',
  'The address names the issuer {0} (iss), but the issuer of this PSC {1}. The code was not used. If the PSC really has the other issuer, set `issuer` in its profile.':
    'O endereço indica o emissor {0} (iss), mas o emissor deste PSC {1}. O código não foi usado. Se o PSC realmente tem o outro emissor, defina `issuer` no perfil dele.',
  'The address is the page of the PSC itself. If it shows an error, the PSC refused the request: compare clientId and the redirect URI with what is registered. Otherwise sign in there, then give the address at {0} that the browser ends on.':
    'O endereço é a própria página do PSC. Se ela mostra um erro, o PSC recusou a requisição: compare clientId e a URI de redirecionamento com o que está cadastrado. Se não, entre ali e depois informe o endereço em {0} em que o navegador termina.',
  'The address is at {0}, but the browser must end at {1}. {2}':
    'O endereço está em {0}, mas o navegador deve terminar em {1}. {2}',
  'The address is another address at {0} than the redirect URI {1}. If the application there redirects the browser, copy the address before that, from the history of the browser.':
    'O endereço é outro endereço em {0} que não a URI de redirecionamento {1}. Se a aplicação de lá redireciona o navegador, copie o endereço anterior, do histórico do navegador.',
  'The PSC answered with a signed response, which was not requested. {0}':
    'O PSC respondeu com uma resposta assinada, que não foi pedida. {0}',
  'The address belongs to another sign-in: its state is not the one that was sent. It was not used. Give the address that this sign-in ended on.':
    'O endereço pertence a outro login: o state não é o que foi enviado. Ele não foi usado. Informe o endereço em que este login terminou.',
  'The holder or the PSC refused. Begin again.': 'O titular ou o PSC recusou. Comece outra vez.',
  'The holder refused. Begin again.': 'O titular recusou. Comece outra vez.',
  'The PSC misses something in the authorize request, which has all that DOC-ICP-17.01 asks for: tell its support.':
    'O PSC sente falta de algo na requisição authorize, que tem tudo o que o DOC-ICP-17.01 pede: avise o suporte.',
  'The PSC does not let this client ask for an authorization code: ask its support.':
    'O PSC não permite que este cliente peça um código de autorização: consulte o suporte.',
  'The PSC does not know response_type=code here: check the base URL.':
    'O PSC não conhece response_type=code aqui: confira o endereço de base.',
  'The PSC does not grant this scope to this client: choose another with --scope.':
    'O PSC não concede este escopo a este cliente: escolha outro com --scope.',
  'The PSC failed. Begin again.': 'O PSC falhou. Comece outra vez.',
  'The PSC is unavailable: begin again later.': 'O PSC está indisponível: comece mais tarde.',

  // A sign-in: the exchange of the code
  '{0} A code is sent only once, and the PSC may have taken it: begin again.':
    '{0} Um código só é enviado uma vez, e o PSC pode tê-lo usado: comece outra vez.',
  'Documented causes: a required parameter is missing, or one has more than one value. All six were sent, each once: check the base URL, and whether a proxy changes requests on the way.':
    'Causas documentadas: falta um parâmetro obrigatório ou um deles tem mais de um valor. Os seis foram enviados, cada um uma vez: confira o endereço de base e se um proxy altera as requisições no caminho.',
  'Documented cause: the grant_type, which was authorization_code, is not accepted: check the base URL.':
    'Causa documentada: o grant_type, que foi authorization_code, não é aceito: confira o endereço de base.',
  'Documented causes: the PSC knows no application with this client_id, or its client_secret is another one. Check clientId and what clientSecret refers to.':
    'Causas documentadas: o PSC não conhece uma aplicação com este client_id, ou o client_secret dela é outro. Confira clientId e o que clientSecret indica.',
  'The PSC refuses the client_secret, or does not let this client exchange authorization codes. Check what clientSecret refers to, then ask the support of the PSC.':
    'O PSC recusa o client_secret ou não permite que este cliente troque códigos de autorização. Confira o que clientSecret indica e, depois, consulte o suporte do PSC.',
  'The PSC failed: begin again later.': 'O PSC falhou: comece mais tarde.',
  'The redirect_uri and the code_verifier are not the cause: they are those of the authorize request. Possible causes: the code was used already, most likely by the application at {0}, which saw it first; it expired (this sign-in began {1} ago); or the address was not copied whole. Begin again, with a --redirect-uri at which no application answers, and give the address at once.':
    'O redirect_uri e o code_verifier não são a causa: são os da requisição authorize. Causas possíveis: o código já foi usado, provavelmente pela aplicação em {0}, que o viu antes; ele venceu (este login começou há {1}); ou o endereço não foi copiado inteiro. Comece outra vez, com uma --redirect-uri em que nenhuma aplicação responde, e informe o endereço logo.',

  // A sign-in: what was granted; continues the name of a field
  'Ask the support of the PSC which scopes this client may request.':
    'Pergunte ao suporte do PSC quais escopos este cliente pode pedir.',
  'Report it to the support of the PSC.': 'Avise o suporte do PSC.',
  'is missing': 'está ausente',
  'is not a string': 'não é uma string',
  'is neither "CPF" nor "CNPJ"': 'não é "CPF" nem "CNPJ"',
  'is {0}, but the sign-in requested {1}': 'é {0}, mas o login pediu {1}',
  '11 digits': '11 dígitos',
  '14 digits (or 12 digits and letters, then 2 digits)':
    '14 dígitos (ou 12 dígitos e letras, e depois 2 dígitos)',
  'is not a {0}: a {1} has exactly {2}': 'não é um {0}: um {1} tem exatamente {2}',
  'is not a whole number of seconds': 'não é um número inteiro de segundos',
  'is {0}, but a token of {1} is valid for {2}': 'é de {0}, mas um token de {1} vale por {2}',
  'the holder of a {0}': 'o titular de um {0}',
  'a holder': 'um titular',
  'is {0}, but {1} may authorize at most {2}': 'é de {0}, mas {1} pode autorizar no máximo {2}',
  'is {0}, which {1} cannot choose. Possible: {2}':
    'é de {0}, o que {1} não pode escolher. Possíveis: {2}',

  // Secrets and settings
  'the secret is empty. Give it.': 'o segredo está vazio. Informe-o.',
  'the environment variable {0} is not set here. Set it where the provider runs.':
    'a variável de ambiente {0} não está definida aqui. Defina-a onde o provider executa.',
  '{0}: the file is empty. Write the secret into it.':
    '{0}: o arquivo está vazio. Grave nele o segredo.',
  "the stack's configuration has no {0}. Run {1}.":
    'a configuração da stack não tem {0}. Execute {1}.',
  'the path of a manifest': 'o caminho de um manifesto',
  'an object with a base URL for each PSC': 'um objeto com um endereço de base para cada PSC',
  '`auto`, `required` or `off`': '`auto`, `required` ou `off`',
  'a whole number from 1 to {0}': 'um número inteiro de 1 a {0}',
  '`off`, `refresh`, `apply` or `refresh,apply`': '`off`, `refresh`, `apply` ou `refresh,apply`',
  'psc:{0} must be {1}. Run {2}.': 'psc:{0} deve ser {1}. Execute {2}.',
  '{0} has no effect: the setting is psc:{1}. {2}':
    '{0} não tem efeito: a configuração é psc:{1}. {2}',
  'psc:{0} has no effect: without --path, the dot is a part of the key. Run {1}, then {2}.':
    'psc:{0} não tem efeito: sem --path, o ponto é parte da chave. Execute {1} e, depois, {2}.',
  '{0} Run {1}. Set a secret that a client refers to with --secret.':
    '{0} Execute {1}. Defina com --secret um segredo a que um cliente se refere.',
  'Did you mean psc:{0}? {1}': 'Você quis dizer psc:{0}? {1}',
  'unknown setting psc:{0}. {1}': 'configuração desconhecida: psc:{0}. {1}',
  'Run {0}.': 'Execute {0}.',
  'Run {0}, then {1}.': 'Execute {0} e, depois, {1}.',
  'stack: there is no stack {0}, and no settings for it. Did you mean {1}? Correct `stack` in the manifest. For a new stack, write its settings first, in Pulumi.{2}.yaml, or give --config-file.':
    'stack: não há uma stack {0} nem configuração para ela. Você quis dizer {1}? Corrija `stack` no manifesto. Para uma stack nova, escreva antes a configuração, em Pulumi.{2}.yaml, ou informe --config-file.',

  // The files of a report
  '--output {0}: the file cannot be written ({1}). Free space, or name another file.':
    '--output {0}: o arquivo não pode ser gravado ({1}). Libere espaço ou informe outro arquivo.',
  'a state from `pulumi stack export`': 'um estado de `pulumi stack export`',
  'a preview from `pulumi preview --json`': 'um preview de `pulumi preview --json`',
  'a result of `pulumi-psc verify --json` or a history of --append':
    'um resultado de `pulumi-psc verify --json` ou um histórico de --append',
  'the file is empty.': 'o arquivo está vazio.',
  'the file is not JSON, or it is cut short. Write it again.':
    'o arquivo não é JSON ou está cortado. Grave-o outra vez.',
  'the file is of an unknown kind.': 'o arquivo é de um tipo desconhecido.',
  'the file is {0}. Give it with {1}.': 'o arquivo é {0}. Informe-o com {1}.',
  'Expected {0}.': 'Esperado: {0}.',

  // What a preview of a fleet could not verify
  '{0} is unavailable. Skipping the check of its remaining clients: {1}':
    '{0} está indisponível. Os seus demais clientes não são verificados: {1}',
  '{0} is unavailable. Skipping the check of {1}: {2}':
    '{0} está indisponível. {1} não é verificado: {2}',
  'obtaining a token has a side effect at {0}, so the preview does not check its clients. Set preflight: required to check them nevertheless.':
    'obter um token tem um efeito colateral em {0}; por isso o preview não verifica os seus clientes. Defina preflight: required para verificá-los mesmo assim.',
  'the secret of {0} at {1} will be rotated: the PSC refuses clientSecret and accepts previousClientSecret.':
    'o segredo de {0} em {1} será trocado: o PSC recusa clientSecret e aceita previousClientSecret.',
  'the secret of {0} at {1} may be rotated: the PSC refuses clientSecret.':
    'o segredo de {0} em {1} talvez seja trocado: o PSC recusa clientSecret.',
  'the secret of {0} at {1} may be rotated: the PSC refuses clientSecret, and previousClientSecret was not tried: {2}':
    'o segredo de {0} em {1} talvez seja trocado: o PSC recusa clientSecret, e previousClientSecret não foi testado: {2}',
  'the preview cannot tell whether the secret of {0} will be rotated: preflight is off.':
    'o preview não sabe se o segredo de {0} será trocado: preflight é off.',
  'the preview cannot tell whether the secret of {0} will be rotated: obtaining a token has a side effect at {1}. Set preflight: required to prove it in the preview nevertheless.':
    'o preview não sabe se o segredo de {0} será trocado: obter um token tem um efeito colateral em {1}. Defina preflight: required para verificá-lo no preview mesmo assim.',
  'Every preview shows a change until you remove previousClientSecret.':
    'Todo preview mostra uma mudança até que você remova previousClientSecret.',
}
