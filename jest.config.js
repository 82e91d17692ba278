/** What both projects share: TypeScript as ESM, with the types taken off by Node itself. */
const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/__tests__/support/strip-types.js' },
  modulePathIgnorePatterns: ['<rootDir>/(dist|lib)/'],
}

export default {
  testTimeout: 240_000, // an end from none, on a machine ten times as busy too
  testSequencer: '<rootDir>/__tests__/support/longest-first.js',
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts'],
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/e2e/'],
    },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/__tests__/e2e/**/*.test.ts'] },
  ],
}
