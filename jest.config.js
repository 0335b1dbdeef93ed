const ESM = '/node_modules/(pg-boss|serialize-error|non-error|rrule-temporal)/.+\\.js$';

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// Those need a whole n8n: npm run test:n8n
	testPathIgnorePatterns: ['<rootDir>/test/n8n/real/'],
	setupFiles: ['<rootDir>/test/support/seed.ts'],
	// One PostgreSQL for the whole run, started by the first test that asks for it.
	globalSetup: '<rootDir>/test/support/postgres-begin.ts',
	globalTeardown: '<rootDir>/test/support/postgres-end.ts',
	moduleNameMapper: { '^(n8n-core|n8n-workflow|reflect-metadata)$': '<rootDir>/tools/n8n/node_modules/$1' },
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{
				jsc: { target: 'es2024', parser: { syntax: 'typescript' } },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
		// jest loads modules of the standard's kind only when they are translated; pg-boss and what it loads are such.
		[ESM]: ['@swc/jest', { jsc: { target: 'es2024' }, module: { type: 'commonjs' } }],
	},
	transformIgnorePatterns: ['/node_modules/(?!(pg-boss|serialize-error|non-error|rrule-temporal)/)'],
	testTimeout: 20000,
};
