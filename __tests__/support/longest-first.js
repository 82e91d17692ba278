import sequencer from '@jest/test-sequencer'

/**
 * Test files that take long, the longest first: two run at a time, and a long one begun last
 * would leave the other worker idle. A clean machine has no times of an earlier run for Jest to go by.
 * `npm test -- --selectProjects e2e --json` tells the times (perfStats of each file).
 */
const LONGEST = [
  // of the unit tests
  'readers',
  'actions-cache',
  // of the end-to-end tests
  'indexes',
  'polls',
  'proof',
  'eject',
  'projects',
  'apps',
  'compiled',
  'backends',
  'cache',
  'push',
  'start',
  'writes',
  'reproducible',
  'tags',
  'own-docker',
  'shapes',
  'kinds',
  'version',
  'recipes',
  'commands',
  'first-steps',
  'stranger',
  'poisoned-cache',
  'hostile-inputs',
  'log-commands',
  'sources',
]

// A CommonJS module: its class is one level further in.
const Sequencer = sequencer.default ?? sequencer

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const found = LONGEST.findIndex((name) => path.endsWith(`/${name}.test.ts`))
      return found < 0 ? LONGEST.length : found
    }
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b)) // the others stay in Jest's order
  }
}
