/** The sentences of provider/manifest/ and of the files that it reads, in Brazilian Portuguese. */
export const manifest = {
  // Files
  'the path is that of a directory. Name a file in it.':
    'o caminho é o de uma pasta. Informe um arquivo dentro dela.',
  'the file does not exist. Check the path.': 'o arquivo não existe. Confira o caminho.',
  'the file does not exist: a part of its path is not a directory. Check the path.':
    'o arquivo não existe: uma parte do caminho não é uma pasta. Confira o caminho.',
  'the file is not readable. Check its permissions.':
    'o arquivo não pode ser lido. Confira as permissões.',
  'the file is a symbolic link to itself. Name the file itself.':
    'o arquivo é um link simbólico para si mesmo. Informe o próprio arquivo.',
  'the path is too long. Check it.': 'o caminho é longo demais. Confira-o.',
  'the path contains a character that no path may have. Check it.':
    'o caminho contém um caractere que nenhum caminho pode ter. Confira-o.',
  'no reason given': 'sem motivo informado',
  'the file cannot be read ({0}). Check it.': 'o arquivo não pode ser lido ({0}). Confira-o.',
  'the file is larger than {0} MiB. Check that it is the right one.':
    'o arquivo tem mais de {0} MiB. Confira se é o arquivo certo.',
  'the file is UTF-16. Save it as UTF-8.': 'o arquivo está em UTF-16. Salve-o em UTF-8.',
  'the file is not UTF-8. Save it as UTF-8.': 'o arquivo não está em UTF-8. Salve-o em UTF-8.',
  'the file is not UTF-8 from here on. Save it as UTF-8.':
    'a partir daqui, o arquivo não está em UTF-8. Salve-o em UTF-8.',
  'the path is that of a FIFO, a socket or a device. Name a regular file.':
    'o caminho é o de um FIFO, um socket ou um dispositivo. Informe um arquivo comum.',
  'the path contains {0}. Type it again.': 'o caminho contém {0}. Digite-o outra vez.',
  'the path is empty. Give that of a PEM file.':
    'o caminho está vazio. Informe o de um arquivo PEM.',
  'a link on the path leads out of the folder. Name the file itself, or allow its folder with --allow-path.':
    'um link no caminho leva para fora da pasta. Informe o próprio arquivo ou permita a pasta dele com --allow-path.',

  // The whole manifest
  'the manifest is empty. Write a map with the key clients.':
    'o manifesto está vazio. Escreva um mapa com a chave clients.',
  'the manifest is {0} and not a map. Write a map with the key clients.':
    'o manifesto é {0}, e não um mapa. Escreva um mapa com a chave clients.',
  'the file is not a manifest: it has none of the keys {0}. Name the manifest.':
    'o arquivo não é um manifesto: ele não tem nenhuma das chaves {0}. Informe o manifesto.',
  'the manifest declares nothing. Give the key clients.':
    'o manifesto não declara nada. Informe a chave clients.',
  'the manifest declares no client.': 'o manifesto não declara nenhum cliente.',
  'the manifest has more than {0} errors. Correct the others first.':
    'o manifesto tem mais de {0} erros. Corrija primeiro os outros.',
  'the manifest has more than {0} warnings. Correct the others first.':
    'o manifesto tem mais de {0} avisos. Corrija primeiro os outros.',
  'The manifest has one problem.': 'O manifesto tem um problema.',
  'The manifest has {0} problems.': 'O manifesto tem {0} problemas.',
  error: 'erro',
  warning: 'aviso',
  'certificate {0}': 'certificado {0}',
  'credential {0}': 'credencial {0}',

  // YAML
  'the aliases and merge keys stand for more values than a manifest may have. Use fewer.':
    'os aliases e as chaves de mesclagem representam mais valores do que um manifesto pode ter. Use menos.',
  'the manifest has more than {0} signs of YAML, such as colons and line breaks. Split it.':
    'o manifesto tem mais de {0} sinais de YAML, como dois-pontos e quebras de linha. Divida-o.',
  'the values are nested too deeply. Write at most five levels.':
    'os valores têm níveis demais. Escreva no máximo cinco níveis.',
  'an alias (*name) takes neither an anchor nor a tag. Remove it.':
    'um alias (*nome) não aceita âncora nem tag. Remova-a.',
  'the name of an alias or an anchor is missing. Put a value that begins with * or & in quotes.':
    'falta o nome de um alias ou de uma âncora. Ponha entre aspas um valor que começa com * ou &.',
  'the line begins with %, as a YAML directive does. Put the value in quotes.':
    'a linha começa com %, como uma diretiva de YAML. Ponha o valor entre aspas.',
  'a backslash in double quotes begins an escape that does not exist. Write \\\\, or use single quotes.':
    'uma barra invertida entre aspas duplas começa um escape que não existe. Escreva \\\\ ou use aspas simples.',
  'the indentation does not fit the lines before. Align it with its neighbours.':
    'o recuo não combina com as linhas anteriores. Alinhe a linha com as vizinhas.',
  'an anchor or a tag is in the wrong place. It stands right before the value.':
    'uma âncora ou uma tag está no lugar errado. Ela fica logo antes do valor.',
  'no value begins with this character. Put the value in quotes.':
    'nenhum valor começa com este caractere. Ponha o valor entre aspas.',
  'there is a second key on the line, or a colon in the value. Start a new line, or put the value in quotes.':
    'há uma segunda chave na linha ou dois-pontos no valor. Comece uma nova linha ou ponha o valor entre aspas.',
  'inside of { } and [ ] there are no indented blocks. Use { } and [ ] here too.':
    'dentro de { } e [ ] não há blocos recuados. Use { } e [ ] aqui também.',
  'the key is longer than 1024 characters. Shorten it.':
    'a chave tem mais de 1024 caracteres. Encurte-a.',
  'the key does not end in the line that it begins in. Look for a colon or a quote that is missing.':
    'a chave não termina na linha em que começa. Procure dois-pontos ou aspas que faltam.',
  'the value has a second anchor (&name). Remove it.':
    'o valor tem uma segunda âncora (&nome). Remova-a.',
  'a manifest is one YAML document. Move what follows --- to a file of its own.':
    'um manifesto é um só documento YAML. Mova o que vem depois de --- para outro arquivo.',
  'a manifest has no tags. Put a value that begins with ! in quotes.':
    'um manifesto não tem tags. Ponha entre aspas um valor que começa com !.',
  'a manifest has no tags. Remove it.': 'um manifesto não tem tags. Remova a tag.',
  'a key must be a string. Put it in quotes.':
    'uma chave deve ser uma string. Ponha-a entre aspas.',
  'the line is indented with a tab. Indent it with spaces.':
    'a linha está recuada com uma tabulação. Recue-a com espaços.',
  'the line is indented with {0}. Indent with spaces.':
    'a linha está recuada com {0}. Recue com espaços.',
  'the line is indented with {0}, and {1} more so. Indent with spaces.':
    'a linha está recuada com {0}, e mais {1} também. Recue com espaços.',
  'the line contains {0}. Write a colon or a dash, and a space after it.':
    'a linha contém {0}. Escreva dois-pontos ou um hífen, e um espaço depois.',
  'a character is out of place. Look for a quote, a comma or a bracket that is wrong or missing.':
    'um caractere está fora do lugar. Procure aspas, vírgula ou colchete que esteja errado ou que falte.',
  'the text is not YAML. Correct it.': 'o texto não é YAML. Corrija-o.',
  'the closing quote is missing. Add it.': 'falta fechar as aspas. Feche-as.',
  'the closing ] is missing. Add it.': 'falta o ] que fecha. Acrescente-o.',
  'the closing } is missing. Add it.': 'falta o } que fecha. Acrescente-o.',
  'a comment needs a space before its #. If the # belongs to the value, put the value in quotes.':
    'um comentário precisa de um espaço antes do #. Se o # faz parte do valor, ponha o valor entre aspas.',
  'a key has no colon. Write a colon and a space after it.':
    'uma chave não tem dois-pontos. Escreva dois-pontos e um espaço depois dela.',
  'a comma is missing between two items. Add it.':
    'falta uma vírgula entre dois itens. Acrescente-a.',
  'a space is missing after the colon. Add it.':
    'falta um espaço depois dos dois-pontos. Acrescente-o.',
  'an item of a list has no dash. Begin it with a dash and a space.':
    'um item de uma lista não tem hífen. Comece-o com um hífen e um espaço.',
  'the alias has no anchor before it. Put a value that begins with * in quotes.':
    'o alias não tem uma âncora antes dele. Ponha entre aspas um valor que começa com *.',
  'the alias stands inside of what it stands for. Write the value.':
    'o alias está dentro daquilo que ele representa. Escreva o valor.',
  'the list has {0} items. Shorten it to at most {1}.':
    'a lista tem {0} itens. Reduza-a a no máximo {1}.',
  'the name __proto__ is reserved. Choose another.': 'o nome __proto__ é reservado. Escolha outro.',
  'the same key is at line {0} already. Remove one of them, or rename it.':
    'a mesma chave já está na linha {0}. Remova uma das duas ou mude o nome.',
  'the key << takes a map, an alias of one, or a list of them. Correct it.':
    'a chave << aceita um mapa, um alias de um mapa ou uma lista deles. Corrija-a.',

  // Keys and types
  'a string or a map': 'uma string ou um mapa',
  'the name of a PSC': 'o nome de um PSC',
  'a key of certificates, { file: PATH }, { pem: TEXT } or { hosts: [NAME] }':
    'uma chave de certificates, { file: CAMINHO }, { pem: TEXTO } ou { hosts: [NOME] }',
  'true or false': 'true ou false',
  'a map': 'um mapa',
  'one of {0}': 'um destes valores: {0}',
  'a key of the reference is unknown.': 'uma chave da referência é desconhecida.',
  'unknown key {0}.': 'chave desconhecida: {0}.',
  'Put it in quotes.': 'Ponha-o entre aspas.',
  "Write '{0}'.": "Escreva '{0}'.",
  '{0} must be {1}, and without quotes it is {2}.': '{0} deve ser {1}, mas sem aspas é {2}.',

  // Entries
  'the name of the entry is empty. Give one.': 'o nome da entrada está vazio. Informe um.',
  'the name of the entry contains {0}. Remove it.':
    'o nome da entrada contém {0}. Remova esse caractere.',
  'the key is longer than {0} characters. Shorten it.':
    'a chave tem mais de {0} caracteres. Encurte-a.',
  'the name of the entry is longer than {0} characters. Shorten it.':
    'o nome da entrada tem mais de {0} caracteres. Encurte-o.',
  'the name of the entry {0}': 'o nome da entrada {0}',
  'the name of a stack has 1 to 100 letters, digits, dots, hyphens or underscores. Correct it.':
    'o nome de uma stack tem de 1 a 100 letras, algarismos, pontos, hifens ou sublinhados. Corrija-o.',
  'the secret stands in clear text in the manifest. Use { env: NAME }, { file: PATH } or { config: KEY }.':
    'o segredo está em texto claro no manifesto. Use { env: NOME }, { file: CAMINHO } ou { config: CHAVE }.',
  'no client uses the certificate. Name it in a client, or remove it.':
    'nenhum cliente usa o certificado. Indique-o em um cliente ou remova-o.',
  'unknown certificate {0}: `certificates` is empty. Define it there, or in place.':
    'certificado desconhecido: {0}. `certificates` está vazio. Defina-o lá ou no próprio lugar.',
  'unknown certificate {0}.': 'certificado desconhecido: {0}.',
  'a certificate has exactly one of file, pem and hosts. Keep one of them.':
    'um certificado tem exatamente uma destas chaves: file, pem ou hosts. Mantenha uma delas.',
}
