const { globalSetup, globalTeardown, transform, transformIgnorePatterns } = require('../../jest.config');

/** The proof of docs/guarantees.md, against processes of the built bridge: npm run test:chaos. @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/chaos'],
	testMatch: ['**/*.chaos.ts'],
	globalSetup,
	globalTeardown,
	transform,
	transformIgnorePatterns,
	maxWorkers: 2,
	testTimeout: 60_000,
};
