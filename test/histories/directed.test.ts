import { describe, it } from 'node:test'
import { run } from './support/history.ts'
import type { History, Step } from './support/steps.ts'

const up: Step = { do: 'up', stack: 'um' }
const fleetUp: Step = { do: 'fleet up', stack: 'um' }
const edit: Step = { do: 'edit', client: 0 }
const rename: Step = { do: 'rename', client: 0 }
const move: Step = { do: 'move', client: 0 }
const takeBack: Step = { do: 'take back' }
/** Another client is refused, so that the run fails. */
const otherIsRefused: readonly Step[] = [
  { do: 'edit', client: 1 },
  { do: 'mishap', client: 1, what: 'refused' },
]

/** What must hold wherever each command runs, also on a machine that has seen none before. */
const anywhere: Readonly<Record<string, Omit<History, 'isElsewhere'>>> = {
  'a key is renamed with new contents, another client is refused, and all is taken back': {
    steps: [up, rename, edit, ...otherIsRefused, up, takeBack],
    last: 'up',
  },
  'the same, and the run after it also refreshes': {
    steps: [up, rename, edit, ...otherIsRefused, up, takeBack, { do: 'up --refresh', stack: 'um' }],
    last: 'up',
  },
  'an up is limited to a renamed key with new contents, and all is taken back': {
    steps: [up, rename, edit, { do: 'up', stack: 'um', target: 0 }, takeBack],
    last: 'up',
  },
  'two clients change keys and contents, one of them is refused, and all is taken back': {
    steps: [
      up,
      { do: 'swapKeys', client: 0 },
      edit,
      { do: 'edit', client: 1 },
      { do: 'mishap', client: 1, what: 'refused' },
      up,
      takeBack,
    ],
    last: 'up',
  },
  'a client moves with new contents while its old stack is locked, and is moved back': {
    steps: [fleetUp, move, edit, { do: 'lock', stack: 'um' }, fleetUp, takeBack],
    last: 'fleet up',
  },
  'the answer to a write is lost, and the change is taken back': {
    steps: [up, edit, { do: 'mishap', client: 0, what: 'answer lost' }, up, takeBack],
    last: 'up',
  },
  'the engine of a fleet is killed at a write, and the change is taken back': {
    steps: [
      fleetUp,
      edit,
      { do: 'fleet up', stack: 'um', kill: { whom: 'engine', write: 1 } },
      takeBack,
      { do: 'cancel', stack: 'um' },
    ],
    last: 'fleet up',
  },
  'the same, and psc fleet refresh runs before the next up': {
    steps: [
      fleetUp,
      edit,
      { do: 'fleet up', stack: 'um', kill: { whom: 'engine', write: 1 } },
      takeBack,
      { do: 'cancel', stack: 'um' },
      { do: 'fleet refresh', stack: 'um' },
    ],
    last: 'fleet up',
  },
  'the engine of a fleet is killed at the write of a renamed key, and all is taken back': {
    steps: [
      fleetUp,
      rename,
      edit,
      { do: 'fleet up', stack: 'um', kill: { whom: 'engine', write: 1 } },
      takeBack,
      { do: 'cancel', stack: 'um' },
    ],
    last: 'fleet up',
  },
  'the engine of a fleet is killed at the write of a client that has moved, and all is taken back':
    {
      steps: [
        { do: 'move', client: 1 },
        fleetUp,
        move,
        edit,
        { do: 'lock', stack: 'um' },
        { do: 'fleet up', stack: 'um', kill: { whom: 'engine', write: 1 } },
        takeBack,
        { do: 'cancel', stack: 'um' },
        { do: 'cancel', stack: 'dois' },
      ],
      last: 'fleet up',
    },
}

/** What must hold on the machine on which a run was cut short. */
const onOneMachine: Readonly<Record<string, History>> = {
  'a client moves with new contents, its old stack is not run, and it is moved back': {
    steps: [up, move, edit, { do: 'up', stack: 'dois' }, takeBack],
    last: 'up',
  },
  'the provider alone is killed at a write, and the change is taken back': {
    steps: [up, edit, { do: 'up', stack: 'um', kill: { whom: 'provider', write: 1 } }, takeBack],
    last: 'up',
  },
  'the engine is killed at a write, and the change is taken back': {
    steps: [
      up,
      edit,
      { do: 'up', stack: 'um', kill: { whom: 'engine', write: 1 } },
      takeBack,
      { do: 'cancel', stack: 'um' },
    ],
    last: 'up',
  },
  'the same, and a refresh runs before the next up': {
    steps: [
      up,
      edit,
      { do: 'up', stack: 'um', kill: { whom: 'engine', write: 1 } },
      takeBack,
      { do: 'cancel', stack: 'um' },
      { do: 'refresh', stack: 'um' },
    ],
    last: 'up',
  },
  'an older state is imported': {
    steps: [up, { do: 'export', stack: 'um' }, edit, up, takeBack, { do: 'import', stack: 'um' }],
    last: 'up',
  },
  'a client moves with new contents while its old stack is locked, and is moved back': {
    steps: [fleetUp, move, edit, { do: 'lock', stack: 'um' }, fleetUp, takeBack],
    last: 'fleet up',
  },
  'a renamed client is destroyed alone after the renaming was taken back': {
    steps: [
      up,
      rename,
      edit,
      ...otherIsRefused,
      up,
      { do: 'destroy', stack: 'um', target: 0 },
      takeBack,
    ],
    last: 'up',
  },
}

describe('after a last up, the PSC has what is declared, wherever each command ran', () => {
  for (const [name, history] of Object.entries(anywhere)) {
    it(name, () => run({ ...history, isElsewhere: true }))
  }
})

describe('after a last up, the PSC has what is declared, on one machine', () => {
  for (const [name, history] of Object.entries(onOneMachine)) {
    it(name, () => run(history))
  }
})

describe('after a last up of a program in YAML through the plugin, the PSC has what is declared', () => {
  // No fleet runs a program in YAML.
  for (const [name, history] of Object.entries(onOneMachine).filter(
    ([, { last }]) => last === 'up',
  )) {
    it(name, () => run({ ...history, through: 'plugin' }))
  }
})
