const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Passes this process's signals on to a child, which cleans up after itself; answers what ends that. On Windows a
 * signal to a child is its end at once, and the console tells it of Ctrl-C by itself: there they are only held off.
 */
export function forwardSignals(child, from = process, platform = process.platform) {
  const forward = (signal) => platform === 'win32' || child.kill(signal)
  for (const signal of signals) from.on(signal, forward)
  return () => {
    for (const signal of signals) from.off(signal, forward)
  }
}
