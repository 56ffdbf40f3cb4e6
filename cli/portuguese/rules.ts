/** The sentences of provider/rules/, in Brazilian Portuguese. */
export const rules = {
  // Parts of several sentences
  'a string': 'uma string',
  'a number': 'um número',
  'a boolean': 'um booleano',
  'a bigint': 'um bigint',
  'a symbol': 'um símbolo',
  'a function': 'uma função',
  'a list': 'uma lista',
  'a list of strings': 'uma lista de strings',
  'an object': 'um objeto',
  'an object { hosts: [NAME] }': 'um objeto { hosts: [NOME] }',
  'a space': 'um espaço',
  missing: 'ausente',
  none: 'nenhum',
  '{0} more': 'mais {0}',
  '{0} and {1}': '{0} e {1}',
  '1 day': '1 dia',
  '{0} days': '{0} dias',
  '1 hour': '1 hora',
  '{0} hours': '{0} horas',
  '1 minute': '1 minuto',
  '{0} minutes': '{0} minutos',
  '1 second': '1 segundo',
  '{0} seconds': '{0} segundos',
  'less than a day': 'menos de um dia',
  '{0} at character {1}': '{0} no caractere {1}',
  'client {0}': 'cliente {0}',
  'give {0}': 'informe {0}',
  'give a non-empty string': 'informe uma string não vazia',
  '{0} is missing: {1}.': 'falta {0}: {1}.',
  '{0} is empty: {1}.': 'o valor de {0} está vazio: {1}.',
  '{0} must be {1} and is {2}.': '{0} deve ser {1}, mas é {2}.',
  '{0} must be one of {1}.': 'o valor de {0} deve ser um destes: {1}.',
  'Did you mean {0}?': 'Você quis dizer {0}?',
  'It contains {0}.': 'O nome contém {0}.',
  'Known: {0}, ….': 'Conhecidos: {0}, ….',
  'Known: {0}.': 'Conhecidos: {0}.',

  // The whole client, and clients together
  'a client must be an object with its fields.':
    'um cliente deve ser um objeto com os seus campos.',
  '{0} declares the same client of the same PSC. Declare it once.':
    '{0} já declara o mesmo cliente do mesmo PSC. Declare-o uma só vez.',
  '{0} has the same name, and names are unique at a PSC. Choose another.':
    '{0} já tem o mesmo nome, e os nomes são únicos em um PSC. Escolha outro.',
  'the name differs from that of {0} only in case, spaces or encoding, and names are unique at a PSC. Choose one that differs clearly.':
    'o nome difere do nome de {0} só em maiúsculas, espaços ou codificação, e os nomes são únicos em um PSC. Escolha um que seja claramente diferente.',

  // clientId, name, comments
  'the client id contains {0}. Copy it as the PSC gave it.':
    'o client id contém {0}. Copie-o como o PSC o forneceu.',
  'the client id stands in quotes, begins with its key, or ends in a separator. Give the id alone.':
    'o client id está entre aspas, começa com a própria chave ou termina em um separador. Informe só o id.',
  'the text contains a line break or a tab, which the PSC may not store.':
    'o texto contém uma quebra de linha ou uma tabulação, que o PSC talvez não grave.',
  'the text contains {0}. Remove it.': 'o texto contém {0}. Remova esse caractere.',
  'the text begins or ends with white space, which is sent. Remove it.':
    'o texto começa ou termina com um espaço em branco, que é enviado. Remova-o.',
  'the text stands in typographic quotes, which are sent. Remove them.':
    'o texto está entre aspas tipográficas, que são enviadas. Remova-as.',
  'the text contains an invisible character, {0}. Type it again.':
    'o texto contém um caractere invisível, {0}. Digite-o outra vez.',
  'the text contains half a character (a lone surrogate). Type it again.':
    'o texto contém meio caractere (um surrogate isolado). Digite-o outra vez.',
  'the text has {0} characters. Shorten it to at most {1}.':
    'o texto tem {0} caracteres. Reduza-o a no máximo {1}.',

  // clientSecret
  '{ env: NAME }, { file: PATH }, { config: KEY } or a string':
    '{ env: NOME }, { file: CAMINHO }, { config: CHAVE } ou uma string',
  'the name of an environment variable': 'o nome de uma variável de ambiente',
  'the path of a file': 'o caminho de um arquivo',
  "a key of the stack's configuration": 'uma chave da configuração da stack',
  'a reference to a secret has exactly one of env, file and config. Write {0}.':
    'a referência a um segredo tem exatamente uma destas chaves: env, file ou config. Escreva {0}.',
  'the secret {0} Correct it. It is sent unchanged, and a rotation refuses it.':
    'o segredo {0} Corrija-o. Ele é enviado como está, e uma troca de segredo o recusa.',
  'the value contains a character that {0} cannot have. Give the name alone.':
    'o valor contém um caractere que {0} não pode ter. Informe só o nome.',
  'the value contains {0}. Type {1} again.': 'o valor contém {0}. Digite outra vez {1}.',
  '`previousClientSecret` equals `clientSecret`. Give the secret before it, or remove it.':
    '`previousClientSecret` é igual a `clientSecret`. Informe o segredo anterior ou remova o campo.',
  'equals the client id.': 'é igual ao client id.',
  'equals the name or the e-mail address of the client.':
    'é igual ao nome ou ao e-mail do cliente.',
  'is the name in its own reference.': 'é o nome que está na própria referência.',
  'is empty or white space.': 'está vazio ou só tem espaços.',
  'begins with {0}.': 'começa com {0}.',
  'ends with {0}.': 'termina com {0}.',
  'stands in quotes.': 'está entre aspas.',
  'begins or ends with a quotation mark.': 'começa ou termina com aspas.',
  'contains {0}.': 'contém {0}.',
  'contains a letter that is not ASCII, which no client secret has (RFC 6749).':
    'contém uma letra fora do ASCII, que nenhum segredo de cliente tem (RFC 6749).',
  'contains {0}, which no client secret has (RFC 6749).':
    'contém {0}, que nenhum segredo de cliente tem (RFC 6749).',

  // What a tool left in a value
  'the value {0}': 'o valor {0}',
  'the text {0}': 'o texto {0}',
  'the secret {0}': 'o segredo {0}',
  "is the SDK's text for an Output in a template literal. Use pulumi.interpolate`…` or .apply().":
    'é o texto do SDK para um Output em um template literal. Use pulumi.interpolate`…` ou .apply().',
  'is the text that a program makes of an object. Give a string.':
    'é o texto em que um programa transforma um objeto. Informe uma string.',
  "has Pulumi's placeholder for an unknown value in it. Use pulumi.interpolate`…` or .apply().":
    'contém o marcador do Pulumi para um valor desconhecido. Use pulumi.interpolate`…` ou .apply().',
  'is escaped for HTML, as &amp;. Write the sign itself.':
    'tem escapes de HTML, como &amp;. Escreva o próprio sinal.',
  'is escaped for JSON, as \\u0026. Write the sign itself.':
    'tem escapes de JSON, como \\u0026. Escreva o próprio sinal.',
  'is the text of a missing value, such as undefined. Set the variable that it comes from.':
    'é o texto de um valor ausente, como undefined. Defina a variável de que ele vem.',
  'contains the text of a missing value, such as undefined. Set the variable that it comes from.':
    'contém o texto de um valor ausente, como undefined. Defina a variável de que ele vem.',
  'is a placeholder of a template. Replace it with the value.':
    'é um marcador de um modelo. Substitua-o pelo valor.',
  'contains a placeholder of a template. Replace it with the value.':
    'contém um marcador de um modelo. Substitua-o pelo valor.',
  'begins with what only a shell expands. Give the path.':
    'começa com algo que só um shell expande. Informe o caminho.',
  'contains a placeholder of the form {0}. Replace it with the value.':
    'contém um marcador da forma {0}. Substitua-o pelo valor.',
  'is a reference of another tool. Give the name alone.':
    'é uma referência de outra ferramenta. Informe só o nome.',
  'is base64 of a text that ends in a line break. Decode it, or encode it without the line break.':
    'é o base64 de um texto que termina em uma quebra de linha. Decodifique-o ou codifique-o sem a quebra de linha.',
  'is {0}. Give the secret alone.': 'é {0}. Informe só o segredo.',
  'an address, or a reference of another tool': 'um endereço ou uma referência de outra ferramenta',
  'a reference of another tool': 'uma referência de outra ferramenta',
  'a reference as text': 'uma referência em forma de texto',
  'the name of a variable': 'o nome de uma variável',
  'the encrypted form of another tool': 'a forma cifrada de outra ferramenta',
  'a key or a certificate': 'uma chave ou um certificado',
  'a page of HTML or XML': 'uma página HTML ou XML',
  'a JSON document': 'um documento JSON',
  'a mapping as text': 'um mapa em forma de texto',
  'a value and a comment of a file of variables':
    'um valor e um comentário de um arquivo de variáveis',
  'a line of a file of variables': 'uma linha de um arquivo de variáveis',
  'an expression of a program': 'uma expressão de um programa',
  'an Authorization header': 'um cabeçalho Authorization',
  'a command, or a part of one': 'um comando ou uma parte de um comando',
  'the error of a command': 'a mensagem de erro de um comando',
  'a text that ends in a line break, written as \\n':
    'um texto que termina em uma quebra de linha, escrita como \\n',
  'a text that ends in a line break, written as %0A':
    'um texto que termina em uma quebra de linha, escrita como %0A',
  'pulumi-psc substitutes no placeholders. Write { env: NAME } for an environment variable.':
    'O pulumi-psc não substitui marcadores. Escreva { env: NOME } para uma variável de ambiente.',
  'the text holds several URIs, or ends in a separator. Write each URI as an item of its own.':
    'o texto tem várias URIs ou termina em um separador. Escreva cada URI como um item próprio.',

  // email
  '`email` is missing: give the address for support and outages.':
    'falta `email`: informe o endereço para suporte e avisos de indisponibilidade.',
  'the address begins or ends with white space. Remove it.':
    'o endereço começa ou termina com um espaço em branco. Remova-o.',
  'the address contains {0}. Type it again.': 'o endereço contém {0}. Digite-o outra vez.',
  'the address is longer than {0} characters, the most for mail. Give another.':
    'o endereço tem mais de {0} caracteres, o máximo para e-mail. Informe outro.',
  'the value is not an address. Write name@domain, as in suporte@exemplo.gov.br.':
    'o valor não é um endereço de e-mail. Escreva nome@domínio, como em suporte@exemplo.gov.br.',
  'the address has more than {0} characters before its "@". Give another.':
    'o endereço tem mais de {0} caracteres antes do "@". Informe outro.',
  'the part before the "@" is not valid: it has letters without accents, digits and most signs, and single dots between them. Give one address without a display name.':
    'a parte antes do "@" não é válida: ela tem letras sem acento, algarismos e a maioria dos sinais, com pontos isolados entre eles. Informe um único endereço, sem o nome da pessoa.',
  'the part after the "@" is not a domain name. Give one, such as exemplo.gov.br.':
    'a parte depois do "@" não é um nome de domínio. Informe um, como exemplo.gov.br.',
  'the domain has accents or other signs. Write {0}.':
    'o domínio tem acentos ou outros sinais. Escreva {0}.',
  'the domain has no dot: mail from outside does not reach it. Give the full domain.':
    'o domínio não tem ponto: mensagens de fora não chegam a ele. Informe o domínio completo.',

  // certificate: its text
  'there is no certificate. Give one in PEM form.':
    'não há certificado. Informe um no formato PEM.',
  'the certificate': 'o certificado',
  'certificate {0} of {1}': 'o certificado {0} de {1}',
  '{0} is damaged or cut off. Copy it again from its source.':
    '{0} está danificado ou cortado. Copie-o outra vez da origem.',
  'the certificate has dates that cannot be read. Copy it again from its source.':
    'o certificado tem datas que não podem ser lidas. Copie-o outra vez da origem.',
  'the certificate is cut off: its {0} line is missing. Copy it again from its source.':
    'o certificado está cortado: falta a linha {0}. Copie-o outra vez da origem.',
  'none of its names is the name of a host ({0})':
    'nenhum dos seus nomes é o nome de um host ({0})',
  'its subject alternative names are of other kinds ({0})':
    'os seus nomes alternativos (subject alternative names) são de outros tipos ({0})',
  'it has no subject alternative names':
    'ele não tem nomes alternativos (subject alternative names)',
  'it has no subject alternative names, only the common name {0}, which does not count':
    'ele não tem nomes alternativos (subject alternative names), só o nome comum {0}, que não conta',
  'the certificate names no host: {0}. The PSC compares redirect URIs with the subject alternative names. Give the TLS certificate of the registration.':
    'o certificado não traz nenhum host: {0}. O PSC compara as URIs de redirecionamento com os nomes alternativos. Informe o certificado TLS do cadastro.',
  'the text is empty. Give a certificate in PEM form.':
    'o texto está vazio. Informe um certificado no formato PEM.',
  'the file is binary and no certificate.': 'o arquivo é binário e não é um certificado.',
  'the text is not a certificate in PEM form.': 'o texto não é um certificado no formato PEM.',
  '{0} and no certificate.': '{0} e não um certificado.',
  'Give the certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----.':
    'Informe o certificado no formato PEM, que começa com -----BEGIN CERTIFICATE-----.',
  'the file is binary and no private key.': 'o arquivo é binário e não é uma chave privada.',
  'the text is not a private key in PEM form.': 'o texto não é uma chave privada no formato PEM.',
  '{0} and no private key.': '{0} e não uma chave privada.',
  'Give the private key in PEM form, which begins with -----BEGIN PRIVATE KEY-----.':
    'Informe a chave privada no formato PEM, que começa com -----BEGIN PRIVATE KEY-----.',
  'a certificate': 'um certificado',
  'a private key': 'uma chave privada',
  'a certificate request (CSR)': 'uma requisição de certificado (CSR)',
  'a public key': 'uma chave pública',
  'a PKCS#7 container': 'um contêiner PKCS#7',
  'a PKCS#12 file (.p12, .pfx)': 'um arquivo PKCS#12 (.p12, .pfx)',
  'the text is another kind of PEM.': 'o texto é outro tipo de PEM.',
  'the text is {0}': 'o texto é {0}',
  'the text is {0} in binary form': 'o texto é {0} em forma binária',
  'the text is {0} in base64, without BEGIN and END lines':
    'o texto é {0} em base64, sem as linhas BEGIN e END',
  '{0}. Convert it: {1}.': '{0}. Converta-o: {1}.',
  '{0}. Convert it: {1}. If OpenSSL 3 answers "unsupported", add -legacy.':
    '{0}. Converta-o: {1}. Se o OpenSSL 3 responder "unsupported", acrescente -legacy.',

  // certificate: its names and dates
  'list the subject alternative names': 'liste os nomes alternativos (subject alternative names)',
  'a private key stands beside the certificate. It is neither sent nor stored. Give the certificate alone.':
    'há uma chave privada junto do certificado. Ela não é enviada nem gravada. Informe só o certificado.',
  'there are {0} certificates of servers. Only the first counts, with the names {1}. Give the one that registered the client alone.':
    'há {0} certificados de servidor. Só o primeiro conta, com os nomes {1}. Informe só aquele que cadastrou o cliente.',
  'the name {0} covers no redirect URI: a DNS name is in ASCII and not an IP address.':
    'o nome {0} não cobre nenhuma URI de redirecionamento: um nome DNS está em ASCII e não é um endereço IP.',
  'the name {0} covers no redirect URI: it {1}.':
    'o nome {0} não cobre nenhuma URI de redirecionamento: ele {1}.',
  'the name {0} {1}. Give {2}.': 'o nome {0} {1}. Informe {2}.',
  'a DNS name, one with "*" as its whole first label, or an IP address':
    'um nome DNS, um nome com "*" como primeiro rótulo inteiro ou um endereço IP',
  'the name {0} covers a whole public registry, and such certificates are rare. Compare it with the certificate.':
    'o nome {0} cobre um registro público inteiro, e tais certificados são raros. Compare-o com o certificado.',
  'the certificate is not valid before {0}, in {1}. Check that it is the right one.':
    'o certificado só é válido a partir de {0}, daqui a {1}. Confira se é o certificado certo.',
  'the certificate expired on {0}, {1} ago. Renew it.':
    'o certificado venceu em {0}, há {1}. Renove-o.',
  'the certificate expires on {0}, in {1}. Renew it in time.':
    'o certificado vence em {0}, daqui a {1}. Renove-o a tempo.',
  '`{0}` is not a date of ISO 8601. Write it as in 2027-01-31T12:00:00Z.':
    '`{0}` não é uma data da ISO 8601. Escreva como em 2027-01-31T12:00:00Z.',
  'the certificate covers hosts that the one before it did not: {0}. The PSC decides by the certificate of the registration, not by the declared one.':
    'o certificado cobre hosts que o anterior não cobria: {0}. O PSC decide pelo certificado do cadastro, não pelo declarado.',
  'The PSC will probably refuse {0}.': 'O PSC provavelmente vai recusar {0}.',
  "Register again for new hosts, or ask the PSC's support.":
    'Cadastre-se outra vez para novos hosts ou consulte o suporte do PSC.',

  // The name of a host; continues "the name"
  'is empty': 'está vazio',
  'begins with its type: give the name alone': 'começa com o seu tipo: informe só o nome',
  'contains {0}': 'contém {0}',
  'has a zone': 'tem uma zona',
  'is a URL: give the host alone': 'é uma URL: informe só o host',
  'is an e-mail address: give the host alone': 'é um endereço de e-mail: informe só o host',
  'contains a slash: give the host alone, without path or mask':
    'contém uma barra: informe só o host, sem caminho nem máscara',
  'contains a colon: give the host alone, without a port':
    'contém dois-pontos: informe só o host, sem porta',
  'has a wildcard that is not the whole left-most label, as in "*.exemplo.gov.br"':
    'tem um curinga que não é o primeiro rótulo inteiro, como em "*.exemplo.gov.br"',
  'is not a DNS name': 'não é um nome DNS',
  'ends in a number and is not an IP address': 'termina em um número e não é um endereço IP',
  'covers a whole top-level domain, which no certificate may':
    'cobre um domínio de topo inteiro, o que nenhum certificado pode',
  'the nearest is {0}': 'o mais próximo é {0}',
  'in {0} the "*" stands for exactly one label': 'em {0}, o "*" vale por exatamente um rótulo',

  // redirectUris
  'there is no redirect URI. Give at least one; the first is the default.':
    'não há URI de redirecionamento. Informe ao menos uma; a primeira é a padrão.',
  'the IP address {0} is no longer covered by the certificate (the certificate that it replaces covers it).':
    'o endereço IP {0} não está mais coberto pelo certificado (o certificado que ele substitui o cobre).',
  'the IP address {0} is not covered by the certificate.':
    'o endereço IP {0} não está coberto pelo certificado.',
  'the host {0} is no longer covered by the certificate (the certificate that it replaces covers it).':
    'o host {0} não está mais coberto pelo certificado (o certificado que ele substitui o cobre).',
  'the host {0} is not covered by the certificate.':
    'o host {0} não está coberto pelo certificado.',
  'Its subject alternative names are {0}.':
    'Os seus nomes alternativos (subject alternative names) são {0}.',
  'Use a host that it names, or register again with another certificate.':
    'Use um host que ele traz ou cadastre-se outra vez com outro certificado.',
  'Use a host that it names, or remove certificate: this PSC does not compare redirect URIs with one.':
    'Use um host que ele traz ou remova certificate: este PSC não compara as URIs de redirecionamento com um certificado.',
  'the URI equals redirectUris[{0}]. Remove one of them.':
    'a URI é igual a redirectUris[{0}]. Remova uma das duas.',
  'the URI is redirectUris[{0}] in another form. Remove one of them.':
    'a URI é redirectUris[{0}] em outra forma. Remova uma das duas.',
  'the URI has a user before its host ("user@"). A redirect URI is public: remove it.':
    'a URI tem um usuário antes do host ("user@"). Uma URI de redirecionamento é pública: remova-o.',
  'the URI has a fragment ("#"), which the PSC forbids even if it is empty. Remove the "#" and what follows it.':
    'a URI tem um fragmento ("#"), que o PSC proíbe mesmo vazio. Remova o "#" e o que vem depois.',
  'the URI has a wildcard ("*"), and the PSC compares redirect URIs exactly. Declare each URI; write a literal asterisk as %2A.':
    'a URI tem um curinga ("*"), e o PSC compara as URIs de redirecionamento de forma exata. Declare cada URI; escreva um asterisco literal como %2A.',
  'the URI is not in its normal form. It is sent as declared, and browsers and libraries use another form: an exact comparison fails. Declare and use {0}.':
    'a URI não está na sua forma normal. Ela é enviada como declarada, e navegadores e bibliotecas usam outra forma: uma comparação exata falha. Declare e use {0}.',
  'the URI is not in its normal form. It is sent as declared. Browsers leave it so, but strict libraries use another form: an exact comparison fails. Declare and use {0}.':
    'a URI não está na sua forma normal. Ela é enviada como declarada. Os navegadores a mantêm assim, mas bibliotecas rigorosas usam outra forma: uma comparação exata falha. Declare e use {0}.',
  'It also contains characters that RFC 3986 wants escaped: a strict server refuses it (URI_INVALIDA).':
    'Ela também contém caracteres que a RFC 3986 exige com escape: um servidor rigoroso a recusa (URI_INVALIDA).',
  'the host has an underscore, which RFC 1123 does not allow: a strict server may refuse the URI. Use another host.':
    'o host tem um sublinhado, que a RFC 1123 não permite: um servidor rigoroso pode recusar a URI. Use outro host.',
  'the URI is empty. Give the https address to which the PSC sends the user.':
    'a URI está vazia. Informe o endereço https para o qual o PSC envia o usuário.',
  'the URI begins or ends with white space. Remove it.':
    'a URI começa ou termina com um espaço em branco. Remova-o.',
  'the URI contains {0}. Remove it.': 'a URI contém {0}. Remova esse caractere.',
  'the URI contains half a character (a lone surrogate). Type it again.':
    'a URI contém meio caractere (um surrogate isolado). Digite-a outra vez.',
  'the URI is longer than {0} bytes, and servers may refuse it. Shorten it.':
    'a URI tem mais de {0} bytes, e servidores podem recusá-la. Encurte-a.',
  'the value is not a URL. Check the host and the port (0 to 65535).':
    'o valor não é uma URL. Confira o host e a porta (0 a 65535).',
  'the value is not an absolute URL. Begin with the scheme and the host, as in https://portal.exemplo.gov.br/callback.':
    'o valor não é uma URL absoluta. Comece com o esquema e o host, como em https://portal.exemplo.gov.br/callback.',
  'the URI contains a backslash. Write "/".': 'a URI contém uma barra invertida. Escreva "/".',
  'the URI does not have exactly two slashes and a host after its scheme. Write https://host/path.':
    'a URI não tem exatamente duas barras e um host depois do esquema. Escreva https://host/caminho.',
  'the host is not a DNS name: a label has 1 to 63 letters, digits and inner hyphens, the whole at most 253. Correct it.':
    'o host não é um nome DNS: um rótulo tem de 1 a 63 letras, algarismos e hifens internos, e o nome inteiro, no máximo 253. Corrija-o.',
  'the URI has no scheme, and its host is read as one. Begin with https://.':
    'a URI não tem esquema, e o host é lido como se fosse um. Comece com https://.',
  'the URI is not https: its scheme is {0}. Begin with https://, or use http with localhost, 127.0.0.1 or [::1].':
    'a URI não é https: o seu esquema é {0}. Comece com https:// ou use http com localhost, 127.0.0.1 ou [::1].',
  'the URI is not https: its scheme is {0}. Begin with https://.':
    'a URI não é https: o seu esquema é {0}. Comece com https://.',
  'a "%" that begins no escape': 'um "%" que não começa um escape',
  'the URI contains {0}, which RFC 3986 does not allow: a strict server refuses it (URI_INVALIDA), and an exact comparison fails. Remove it. Only if the address of the application has it, write {1}.':
    'a URI contém {0}, que a RFC 3986 não permite: um servidor rigoroso a recusa (URI_INVALIDA), e uma comparação exata falha. Remova esse caractere. Só se o endereço da aplicação o tiver, escreva {1}.',
}
