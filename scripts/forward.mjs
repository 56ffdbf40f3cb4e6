const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Forwards this process's signals to a child, which cleans up. Returns a function that ends the forwarding. On Windows a
 * signal would kill the child, and the console passes Ctrl-C on: there this process only ignores its signals.
 */
export function forwardSignals(child, from = process, platform = process.platform) {
  const forward = (signal) => platform === 'win32' || child.kill(signal)
  for (const signal of signals) from.on(signal, forward)
  return () => {
    for (const signal of signals) from.off(signal, forward)
  }
}
