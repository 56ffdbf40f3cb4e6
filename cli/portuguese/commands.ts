/** The sentences that all commands share, and those of lint, in Brazilian Portuguese. */
export const commands = {
  // Help
  'Usage:': 'Uso:',
  'Arguments:': 'Argumentos:',
  'Options:': 'Opções:',
  'Commands:': 'Comandos:',
  '[options]': '[opções]',
  '[command]': '[comando]',
  'choices: ': 'valores: ',
  'default: ': 'padrão: ',
  'OAuth clients registered with Brazilian PSCs: check, try and serve them.':
    'Clientes OAuth cadastrados em PSCs brasileiros: confira, teste e sirva.',
  'print the version': 'mostra a versão',
  'print this help': 'mostra esta ajuda',
  'print the help of a command': 'mostra a ajuda de um comando',
  'the language (default: from LANG)': 'o idioma (padrão: o de LANG)',
  'print one JSON document': 'escreve um documento JSON',
  "the manifest (default: the stack's, or clients.yaml)":
    'o manifesto (padrão: o da stack ou clients.yaml)',
  "use a stack's addresses and settings, from Pulumi.<name>.yaml":
    'usa os endereços e a configuração de uma stack, de Pulumi.<name>.yaml',

  // Wrong usage
  "unknown option '{0}'": "opção desconhecida: '{0}'",
  "unknown command '{0}'": "comando desconhecido: '{0}'",
  "missing required argument '{0}'": "falta o argumento obrigatório '{0}'",
  "option '{0}' argument missing": "falta o argumento da opção '{0}'",
  "option '{0}' argument '{1}' is invalid.": "o argumento '{1}' da opção '{0}' é inválido.",
  "command-argument value '{0}' is invalid for argument '{1}'.":
    "o valor '{0}' é inválido para o argumento '{1}'.",
  "too many arguments for '{0}'. Expected 1 argument but got {1}.":
    "argumentos demais para '{0}'. O comando aceita 1 argumento e recebeu {1}.",
  "too many arguments for '{0}'. Expected {1} arguments but got {2}.":
    "argumentos demais para '{0}'. O comando aceita {1} argumentos e recebeu {2}.",
  'Did you mean one of {0}?': 'Você quis dizer um destes: {0}?',
  'Allowed choices are {0}.': 'Os valores aceitos são {0}.',
  'Give a whole number from {0} to {1}.': 'Informe um número inteiro de {0} a {1}.',

  // Projects, stacks and output
  'no space is left': 'não há mais espaço',
  'the output cannot be written ({0}). Free space, or write it to another place.':
    'a saída não pode ser gravada ({0}). Libere espaço ou grave-a em outro lugar.',
  '{0}: the project has no name. Give the key name.':
    '{0}: o projeto não tem nome. Informe a chave name.',
  '{0}: main: there is no {1}. Correct the path.': '{0}: main: {1} não existe. Corrija o caminho.',
  'the file cannot be read as YAML. Correct it.':
    'o arquivo não pode ser lido como YAML. Corrija-o.',
  '--stack: there is no Pulumi.yaml in this folder, nor in a folder above. Run the command in a project.':
    '--stack: não há Pulumi.yaml nesta pasta nem em uma pasta acima. Execute o comando em um projeto.',
  '--stack: there is no {0}.': '--stack: {0} não existe.',
  'There is one of {0}.': 'Existe um para: {0}.',
  'Leave out --stack, or write the file.': 'Omita --stack ou escreva o arquivo.',

  // lint
  'check manifests offline, without an engine': 'confere manifestos, sem rede e sem o Pulumi',
  'Checks manifests and their certificates by the rules that a preview uses. Sends nothing to a PSC and reads no secret.':
    'Confere manifestos e os seus certificados pelas regras que um preview usa. Não envia nada a um PSC e não lê nenhum segredo.',
  'the manifests (default: clients.yaml)': 'os manifestos (padrão: clients.yaml)',
  'exit with 1 for warnings too; an expired certificate is an error':
    'termina com 1 também por avisos; um certificado vencido é um erro',
  "check with a stack's settings, from Pulumi.<name>.yaml, and check them too":
    'confere com a configuração de uma stack, de Pulumi.<name>.yaml, e confere também a configuração',
  'a folder to which links may lead; may be repeated':
    'uma pasta a que links podem levar; pode ser repetida',
  'text, json, github: annotations, gitlab: Code Quality, or sarif':
    'text, json, github: anotações, gitlab: Code Quality, ou sarif',
  '\n--stack takes psc:baseUrls and psc:certificateExpiryWarningDays, and without a\nmanifest also psc:manifest. It reads nothing that is encrypted.\n\nA link is followed only inside of the folder of the manifest, and into a folder\nof --allow-path. Only regular files are read.\n\nExit codes: 0 no error, 1 an error, 2 wrong usage, 4 the report cannot be\nwritten.':
    '\n--stack usa psc:baseUrls e psc:certificateExpiryWarningDays e, sem um manifesto,\ntambém psc:manifest. Não lê nada que esteja cifrado.\n\nUm link só é seguido dentro da pasta do manifesto e para uma pasta de\n--allow-path. Só arquivos comuns são lidos.\n\nCódigos de saída: 0 nenhum erro, 1 um erro, 2 uso incorreto, 4 o relatório não\npode ser gravado.',
  '"{0}" at {1}': '"{0}" em {1}',
  Warnings: 'Avisos',
  manifest: 'manifesto',
  'Checked {0} in {1}: {2}.': 'Conferido: {0} em {1}: {2}.',
  'Checked {0} in {1} and {2}: {3}.': 'Conferido: {0} em {1} e {2}: {3}.',
  '1 certificate has expired!': '1 certificado está vencido!',
  '{0} certificates have expired!': '{0} certificados estão vencidos!',
  'no clients': 'nenhum cliente',
  '1 client': '1 cliente',
  '{0} clients': '{0} clientes',
  'no credentials': 'nenhuma credencial',
  '1 credential': '1 credencial',
  '{0} credentials': '{0} credenciais',
  'no files': 'nenhum arquivo',
  '1 file': '1 arquivo',
  '{0} files': '{0} arquivos',
  'no errors': 'nenhum erro',
  '1 error': '1 erro',
  '{0} errors': '{0} erros',
  'no warnings': 'nenhum aviso',
  '1 warning': '1 aviso',
  '{0} warnings': '{0} avisos',
  'psc:manifest leads out of the project. Name the manifest in the command, or allow its folder with --allow-path.':
    'psc:manifest leva para fora do projeto. Informe o manifesto no comando ou permita a pasta dele com --allow-path.',
}
