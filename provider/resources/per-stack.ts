import * as pulumi from '@pulumi/pulumi'

const withoutStack = {}

/** One for each stack's program: the Automation API may run several in one process. */
export function perStack<T>(create: () => T): () => T {
  const made = new WeakMap<object, T>()
  return () => {
    const stack = pulumi.runtime.getStackResource() ?? withoutStack
    const known = made.get(stack)
    if (known !== undefined) return known
    const one = create()
    made.set(stack, one)
    return one
  }
}
