const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The user's wish to stop. */
export interface Interruption extends Disposable {
  /** Ctrl-C: nothing new is begun, and what is at work comes to an end in good order. */
  readonly stop: AbortSignal
  /** A second Ctrl-C: at once. */
  readonly kill: AbortSignal
}

export function listenForInterruption(say: (line: string) => void): Interruption {
  const stop = new AbortController()
  const kill = new AbortController()
  const interrupt = () => {
    if (stop.signal.aborted) kill.abort()
    else say('Stopping: what is at work comes to its end. Again to end it at once.')
    stop.abort()
  }
  for (const signal of signals) process.on(signal, interrupt)
  return {
    stop: stop.signal,
    kill: kill.signal,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, interrupt)
    },
  }
}
