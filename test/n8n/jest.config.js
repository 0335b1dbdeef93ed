const { moduleNameMapper, transform } = require('../../jest.config');

/** One n8n and one sandbox for all files, one after the other: npm run test:n8n. @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/n8n/real'],
	testMatch: ['**/*.test.ts'],
	moduleNameMapper,
	transform,
	globalSetup: '<rootDir>/test/n8n/support/set-up.ts',
	globalTeardown: '<rootDir>/test/n8n/support/tear-down.ts',
	maxWorkers: 1,
	testTimeout: 90_000,
};
