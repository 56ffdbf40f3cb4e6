import { sayLater } from '../say.ts'

/** The texts that programs make of what is no text, and what to write. */
export const ofPrograms: readonly (readonly [RegExp, () => string])[] = [
  [
    /Calling \[?\w+\]? on an \[?Output|<(?:pulumi\.output\.)?Output\b|^(?:pulumi\.)?Output[<(`]|^Output\.of\(|\bOutput(?:Instance|State)\b|^(?:[a-z]\w*\.){1,9}Output@/i,
    sayLater`is the SDK's text for an Output in a template literal. Use pulumi.interpolate\`…\` or .apply().`,
  ],
  [
    /\[object \w+\]|\[Function[:( ]|Promise \{|^(?:async )?\([\w, ]*\) =>|^(?:function \w*\(|Symbol\()|^%!\w\([A-Z]+[=)]|^&?map\[[\w .:<>-]*\]$|^&\{[\w .:<>-]*\}$|^\{0xc0|^System\.[A-Z][\w.]*(?:\[\])?$|^(?:[a-z]\w*\.){1,9}[A-Z]\w*@[\da-f]+$|^Secret(?:Str|Bytes)\(/,
    sayLater`is the text that a program makes of an object. Give a string.`,
  ],
  [
    /04da6b54-80e4-46f7-96ec-b56ff0331ba9/,
    sayLater`has Pulumi's placeholder for an unknown value in it. Use pulumi.interpolate\`…\` or .apply().`,
  ],
]

/** Text that a tool has escaped for HTML or JSON. */
export const escaped: readonly (readonly [RegExp, () => string])[] = [
  [
    /&(?:amp|lt|gt|quot|apos|#0?3[49]|#x2[27]);/i,
    sayLater`is escaped for HTML, as &amp;. Write the sign itself.`,
  ],
  [/\\u00(?:2[267]|3[cde])/i, sayLater`is escaped for JSON, as \\u0026. Write the sign itself.`],
]

/** A missing value as text: as the whole, or between the separators of an address. */
export const nothing =
  /^(?:undefined|null|NaN|None|nil|n\/[ad]|<no value>|<nil>|VARIABLE IS NOT DEFINED!|AnsibleUndefined\b.*|__omit_place_holder__\w*)$/i
export const nothingInside =
  /(?:^|[/.@:=-])undefined(?=$|[/.@:?&])|(?:^|:\/\/|[.@])undefined(?=-)|^(?!https?:\/\/[^/]+\/null$)(?:.*[/@:=])?(?:null|NaN)(?=$|[/@:?&])/s

/** Words that a client id may be: an application of tasks, a tenant. */
export const smallWords = /^(?:todo|none)$/

/** What a template has in the place of a label of a host, the local part of an e-mail address or a segment of a path. */
export const partsOfTemplates =
  /^(?:(?:change|replace)[-_]?me|(?:your|seu|sua)[-_](?:dom[ií]nio|domain|host|psc)(?:[-_\d].*)?)$/i

/** A variable of a shell, as the whole of such a part. */
export const partOfShell = /^\$[A-Z][A-Z\d_]*$/

/** The same in prose, between other words. */
export const wordsOfTemplates = /(?<![\w-])(?:CHANGE|REPLACE)_ME(?![\w-])/
export const wordOfShell = /(?:^|[\s(])\$[A-Z][A-Z\d_]+(?=$|[\s).,;:])/
export const missingWord = /(?:^|\s)undefined(?=$|[\s.,;:])/

/** A form that also counts inside of a value, and the name that messages give it. */
export const anywhere: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\\?\${1,2}\{\{[^{}]*\}\}/, '${{ X }}'],
  [/\\?\${1,2}\{[^{}]*\}/, '${X}'],
  [/\{{2,3}[^{}]*\}{2,3}/, '{{ x }}'],
  [/\{%[^{}]*%\}/, '{% x %}'],
  [/[%@*]\{[^{}]*\}/, '%{X}'],
  [/%\([A-Za-z_][\w.]*\)s/, '%(x)s'],
  [/%env\([^()]*\)%/, '%env(X)%'],
  [/\{\$[A-Za-z_][\w.>-]*\}/, '{$x}'],
  [/\{!{1,2}[^{}]*!{1,2}\}/, '{!x!}'],
  [/<\?(?:=|php\b)[^?]*\?>/, '<?= x ?>'],
  [/\[%[^%]*%\]/, '[% x %]'],
  [/#\{[^{}]*\}#?/, '#{X}#'],
  [/\{[A-Za-z_][\w.-]*\}/, '{x}'],
  [/\$ENV\{[^{}]*\}/, '$ENV{X}'],
  // What an advice of normal forms, or a library, makes of braces.
  [/(?:\$|%24)%7B\w*%7D/i, '${X}'],
  [/(?:%7B){2}(?:[^%{}]|%(?!7[BD]))*(?:%7D){2}/i, '{{ x }}'],
  [/\$\([A-Za-z_][\w.]*\)/, '$(X)'],
  [/\${1,2}\[{1,2}[^[\]]*\]{1,2}/, '$[X]'],
  [/@@\w+@@/, '@@X@@'],
  [/\[\[[^[\]]*\]\]/, '[[X]]'],
  [/<%[^%]*%>/, '<% x %>'],
  [/<{1,2}[A-Za-zÀ-ÿ][\wÀ-ÿ. -]*>{1,2}/, '<x>'],
  // Two hexadecimal digits after "%" are an escape of a URI.
  [/%(?![\dA-Fa-f]{2})[A-Za-z_]\w*%/, '%X%'],
  [/__[A-Z](?:_?[A-Z\d]){2,}__/, '__X__'],
]

/** A form that is only the whole of a value. */
export const wholes: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^\$\(\([^()]*\)\)$/, '$((X))'],
  [/^\$\([^()]*\)$/, '$(X)'],
  [/^`[a-z][\w ./-]*`$/, '`x`'],
  [/^\[[A-Za-z_][\w. -]*\]$/, '[x]'],
  [/^%[A-Z_]{3,}%$/, '%X%'],
  [/^\(\([\w.\-/ ]+\)\)$/, '((x))'],
  [/^__[A-Za-z][\w.-]*__$/, '__X__'],
  [/^%%\w+%%$/, '%%X%%'],
  [/^::\w+::$/, '::X::'],
  [/^\$[A-Za-z][\w.]*\$$/, '$x$'],
  [/^\$\$[A-Z_][A-Z\d_]*$/, '$$X'],
  [/^<#[^<>]*#>$/, '<#x#>'],
  [/^<[A-Za-z]\w*:[^<>]*>$/, '<x:y>'],
  [/^\{\d?\}$/, '{0}'],
  [/^%(?:\d\$)?s$/, '%s'],
  [/^@[A-Za-z][\w.]*@$/, '@X@'],
  [/^#[A-Z][A-Z\d_]+#$/, '#X#'],
  [/^(?:\$[A-Z_][A-Z\d_]*)+\$?$/, '$X'],
  [/^\$env:\w+$/i, '$env:X'],
  [/^![A-Z][A-Z\d]*(?:_[A-Z\d]+)*!$/, '!X!'],
]

/** What a shell expands at the begin of a path. */
export const shellPath = /^(?:~[\w-]*|\$[A-Za-z_]\w*)[/\\]/

/** A variable of a shell in small letters. A secret may look like it. */
export const smallVariable = /^\$[a-z_]\w*$/

/** What a template has in the place of any text. */
export const blanks: readonly RegExp[] = [
  /^[[(](?:redacted|masked|hidden|omitted|secret|unknown|sensitive)[\])]$/i,
  /^\((?:known after apply|(?:sensitive|secret)(?: value)?|not set|unset|null|none|empty)\)$/i,
  /^(?:x{3,}|\*{3,}|•{3,}|\.{3,}|…|-+|_{3,}|\?+)$/i,
  /^(?:x{4,}-)+x{4,}$/i,
  /^(?:TODO|fixme|FIXME|tbd|TBD|redacted|REDACTED|placeholder|PLACEHOLDER)$/,
  /^(?:TODO|FIXME|TBD)\s*[:(]/,
  /^(?:a[-_ ]definir|to[-_ ]be[-_ ](?:defined|done|filled|set|provided|replaced|changed))$/i,
  /^(?:change|replace)[-_ ]?(?:me|this)\d*[!.]*$/i,
  /^(?:substitu(?:a|ir)|preench(?:a|er))(?:[-_ ](?:aqui|isto|isso))?$/i,
]

/**
 * What a template has in the place of a value that must be exact. A Brazilian verb counts alone, or with a word that
 * points at the value: a program may have the id "informe-rendimentos".
 */
export const stopgaps: readonly RegExp[] = [
  ...blanks,
  /^(?:change|replace)[-_ ]?(?:me|it|this)\d*[!.]*(?:$|[-_ ])/i,
  /^replace[-_ ]with(?:$|[-_ ])/i,
  /^(?:change|replace|insert|enter|put|fill|set|add|use|paste)[-_ ](?:here|your)(?:$|[-_ ])/i,
  /^(?:insert|enter|put|paste)[-_ ][\w -]*[-_ ]here$/i,
  /^(?:substitu(?:a|ir)|alter(?:e|ar)|tro(?:que|car)|preench(?:a|er)|insira|inserir|inform(?:e|ar)|defin(?:a|ir)|colo(?:que|car)|col(?:e|ar)|mud(?:e|ar)|digit(?:e|ar))(?:$|[-_ ](?:me|ist[oa]|iss[oa]|aqui|depois|pel[oa]|seu|sua|[oa][-_ ](?:valor|segredo|senha))(?:$|[-_ ][\w -]*$))/i,
  /^(?:[\w-]+[-_ ])?(?:segredo|senha|secret|password|token|chave|key|valor|value|id)[-_ ](?:aqui|here)$/i,
  /^(?:dummy|empty|vazi[oa])$/i,
  /^(?:todo|fixme|tbd|redacted)$/i,
  /^(?:todo|fixme|tbd|a[-_ ]definir)\s*[:(]/i,
  /^(?:\w+[-_ ])?placeholder(?:[-_ ]\w+)?$/i,
  /^(?:your|seu|sua|o[-_ ]seu)[-_ ](?:client|secret|segredo|app|id|senha|token|dom[ií]nio|domain|e-?mail)[\w -]*$/i,
]

/** Texts that name the field and not its value. A reference may have such a name. */
export const nameOfField =
  /^(?:(?:o|my|meu)[-_ ])?(?:client[-_ ]?(?:id|secret)|secret|segredo|senha|password)$/i

/** What stands for a secret in another tool, or holds it among other things: the whole value. */
export const otherTools: readonly (readonly [RegExp, () => string])[] = [
  [
    /^(?:(?:env|file|config|vault|doppler|keyring|secret|secretref|ssm|sops|keyvault|akv|awssm|gcpsm|ref\+\w+):\S+|\w[\w+.-]*:\/\/\S+)$/i,
    sayLater`an address, or a reference of another tool`,
  ],
  [/^(?:arn:aws|projects\/[^/]+\/secrets\/)\S+$/, sayLater`a reference of another tool`],
  [
    /^(?:secrets|env|vars?|local|module|data|inputs|params|steps|needs|outputs)\.[A-Za-z_][\w.["'\]-]*$/,
    sayLater`a reference of another tool`,
  ],
  [
    /^[a-z]+_[a-z_]+\.\w+\.(?:result|value|secret|password|id)$/,
    sayLater`a reference of another tool`,
  ],
  [
    /^(?:>>)?(?:aws|gcp|azure|vault|secret|kv):[\w-]+[:/#]\S+$/,
    sayLater`a reference of another tool`,
  ],
  [/^(?:secret|kv)\/(?:data\/)?[\w/-]+(?:#\w+)?$/, sayLater`a reference of another tool`],
  [/^@Microsoft\.KeyVault\(/, sayLater`a reference of another tool`],
  [/^!(?:vault|Ref|Sub|GetAtt|ImportValue|secret|env)\b/, sayLater`a reference of another tool`],
  [
    /^(?:\{\s*(?:env|file|config)\s*:.*\}|(?:env|file|config):\s.*)$/,
    sayLater`a reference as text`,
  ],
  [
    /^(?:SECRET|SEGREDO|SENHA|PASSWORD|TOKEN|CLIENT)(?:_[A-Z][A-Z\d]*)+$|^[a-z]+(?:[A-Z][a-z]+){0,5}(?:Secret|Segredo|Senha)$/,
    sayLater`the name of a variable`,
  ],
  [
    /^(?:[A-Z][A-Z\d]*_)+(?:SECRET|SEGREDO|SENHA|PASSWORD|TOKEN|KEY)(?:_[A-Z\d]+)*$/,
    sayLater`the name of a variable`,
  ],
  [
    /^@?(?:\.{1,2}|~|\/(?:run|var|etc|mnt|tmp|home|opt|usr|root|secrets|vault|aws|Users))\/[\w./-]+$|^@?[\w./-]+\.(?:txt|json|ya?ml|env|key|pem)$/,
    sayLater`the path of a file`,
  ],
  [
    /^(?:ENC\[|ENC\(|\{(?:cipher|aes|bcrypt|scrypt|argon2|pbkdf2|noop|vault|enc|base64)\}\S|\$ANSIBLE_VAULT;|(?:secure: ?)?v1:[\w+/]{16}:[\w+/=]+$|k8s:enc:|age-encryption\.org\/|(?:gAAAAAB|AQICAH|Ag[AB])[\w+/=-]{100,}$)/i,
    sayLater`the encrypted form of another tool`,
  ],
  [/^-----BEGIN /, sayLater`a key or a certificate`],
  [/^<(?:!DOCTYPE|html|\?xml)\b/i, sayLater`a page of HTML or XML`],
  [/^\{\s*["'][^]*\}$|^\[\s*["'{][^]*\]$/, sayLater`a JSON document`],
  [/^\{\s*[A-Za-z_]\w*: [^]*\}$/, sayLater`a mapping as text`],
  [/^\S+\s+#/, sayLater`a value and a comment of a file of variables`],
  [/^(?:export\s+)?[A-Z]{3,}(?:_[A-Z\d]{3,})+=[^=]/, sayLater`a line of a file of variables`],
  [
    /^(?:(?:client[-_ ]?)?secret|segredo|senha|password)\s*[=:]\s*\S/i,
    sayLater`a line of a file of variables`,
  ],
  [
    /^(?:process\.env|os\.environ|import\.meta\.env|ENV)[.[(]|^(?:\w+\.)*getenv\(|^(?:[A-Za-z_]\w*\.){0,9}[A-Za-z_]\w*\(["'][\w./ -]*["']\)$/,
    sayLater`an expression of a program`,
  ],
  [/^(?:Bearer|Basic) \S/i, sayLater`an Authorization header`],
  [
    /^(?:cat|echo|vault|aws|gcloud|az|kubectl|gpg|pass) \S|^-[neE]{1,2} \S/,
    sayLater`a command, or a part of one`,
  ],
  [
    /^an? (?:\w+ )?error occurred\b|^\w+(?:Exception|Error)\b[:(]|^(?:unable|could not|cannot|can't|no such) \w+ |^(?:(?:\w+ )?(?:error|erro)|fatal|failed|usage|curl|jq|aws|vault|gpg|sops|kubectl|bash|zsh|(?:\/bin\/)?sh)\b ?(?:\(\d+\))?:\s|^[45]\d\d [a-z]|(?:^| )(?:not found|no such file or directory|(?:permission|access) denied)\.?$/i,
    sayLater`the error of a command`,
  ],
  [/^[\w+/=.-]+(?:\\r)?\\n$/, sayLater`a text that ends in a line break, written as \\n`],
  [/^[\w+/=.-]+(?:%0D)?%0A$/i, sayLater`a text that ends in a line break, written as %0A`],
]

/** What no name of a variable, a file or a key is. */
export const addressOrExpression = /^[\w+.-]+:\/\/|^(?:process\.env|os\.environ)[.[]|^![A-Za-z]+ /
