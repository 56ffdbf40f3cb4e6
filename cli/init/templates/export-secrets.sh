# Only this step has the secrets of clients, as variables.
while IFS= read -r -d '' secret; do export "$secret"; done < <(node -e '
  for (const [name, value] of Object.entries(JSON.parse(process.env.SECRETS)))
    if (/<<secretNames>>/.test(name)) process.stdout.write(`${name}=${value}\0`)
')
unset SECRETS
