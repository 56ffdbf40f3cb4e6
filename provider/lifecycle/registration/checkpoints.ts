/**
 * Why a stack with a registration must not run like this; undefined when it may. With `PULUMI_SKIP_CHECKPOINTS` the
 * engine writes its state once, at the end: a crash before that would lose a secret that the PSC shows only once.
 */
export function checkpointProblem(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const value = environment.PULUMI_SKIP_CHECKPOINTS ?? ''
  if (/^(|0|f|false)$/i.test(value)) return undefined
  return 'PULUMI_SKIP_CHECKPOINTS is set, and this stack has a PscRegistration: its secret is shown once by the PSC and would be lost with a crash before the end. Unset the variable for this stack.'
}
