/** What a code means and what to do about it, for the page of all codes. */
export interface EmulatorCodeMeaning {
  readonly meaning: string
  readonly remedy: string
}

/** Lists every code of the emulator's own errors. The codes of the PSCs that it plays are in `psc/refusals.ts`. */
export const emulatorCodes = {
  ERR_PSC_EMULATOR_CONFIG: {
    meaning: "The emulator's configuration has errors.",
    remedy: 'Correct each line that the message lists. `emulator/README.md` describes every key.',
  },
  ERR_PSC_EMULATOR_FAULT: {
    meaning: 'A fault script cannot be used. None of the faults in the request was added.',
    remedy: 'Correct each key that the message lists. `emulator/README.md` describes every kind.',
  },
  ERR_PSC_EMULATOR_REQUEST: {
    meaning: 'A request below `/_emulator` cannot be carried out.',
    remedy: 'Correct what the message names, or look up the request in `emulator/README.md`.',
  },
} as const satisfies Record<string, EmulatorCodeMeaning>

/** Names a code of the emulator. */
export type EmulatorCode = keyof typeof emulatorCodes
